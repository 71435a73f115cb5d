package io.atalaya.ops.submit;

import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.kafka.KafkaOptions;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a job graph holds no secret, because it crosses the network and is stored by the
 * cluster.
 */
class JobGraphTest {
    private static final String SECRET = "s3cr3t-of-the-test";

    @TempDir private Path directory;

    private Path client;

    @BeforeEach
    void write() throws IOException {
        client = directory.resolve("client.properties");
        Files.write(
                client,
                List.of(
                        "security.protocol=SASL_SSL",
                        "sasl.mechanism=SCRAM-SHA-512",
                        "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule"
                                + " required username=\"any\" password=\""
                                + SECRET
                                + "\";"));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void refersToItsSecret(JobDefinition<?> job) throws IOException {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        job.addTo(
                env,
                Configuration.fromMap(
                        Map.of(KafkaOptions.PROPERTIES_FILE.key(), client.toString())));

        byte[] graph = InstantiationUtil.serializeObject(env.getStreamGraph(false).getJobGraph());

        assertThat(new String(graph, StandardCharsets.ISO_8859_1))
                .contains("${atalaya:" + client + ":sasl.jaas.config}")
                .doesNotContain(SECRET);
    }

    static Stream<Named<JobDefinition<?>>> jobs() {
        return JobDefinition.all().stream().map(job -> Named.of(job.name(), job));
    }
}
