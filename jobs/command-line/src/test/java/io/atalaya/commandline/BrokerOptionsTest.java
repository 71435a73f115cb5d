package io.atalaya.commandline;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import static org.assertj.core.api.Assertions.assertThat;

class BrokerOptionsTest {
    @TempDir private Path directory;

    /** A process that makes a client, runs for long and makes another one. */
    @Command(name = "scripts")
    private final class Service implements Callable<Integer> {
        @Mixin private BrokerOptions broker;

        @Override
        public Integer call() {
            return broker.run(
                    client -> {
                        assertThat(login(client)).contains("before");
                        write("after");
                        assertThat(login(client)).contains("after");
                        return 0;
                    });
        }
    }

    @Test
    void aClientThatIsMadeLaterReadsTheFileAgain() {
        assertThat(
                        new CommandLine(new Service())
                                .execute("--kafka-properties", write("before").toString()))
                .isZero();
    }

    private Path write(String password) {
        try {
            return Files.writeString(
                    directory.resolve("client.properties"),
                    """
                    bootstrap.servers=localhost:1
                    security.protocol=SASL_PLAINTEXT
                    sasl.mechanism=PLAIN
                    sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule \
                      required username="u" password="%s";
                    """
                            .formatted(password));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String login(Map<String, Object> client) {
        assertThat(client).containsEntry("bootstrap.servers", "localhost:1");
        return new AdminClientConfig(client).getPassword("sasl.jaas.config").value();
    }
}
