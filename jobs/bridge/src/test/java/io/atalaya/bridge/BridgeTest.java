package io.atalaya.bridge;

import io.atalaya.bridge.receiver.FarEnd;
import io.atalaya.testutils.ChildJvm;
import io.atalaya.testutils.CommandHelp;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class BridgeTest {
    @TestFactory
    Stream<DynamicTest> help() {
        return CommandHelp.tests(
                Bridge.commandLine(),
                "bridge, scripts/bridge, --check",
                "receiver, scripts/receiver, --play=HOW");
    }

    /** The receiver, with a thread that meets an error. */
    static final class WithAnError {
        private WithAnError() {}

        public static void main(String[] args) {
            new Thread(
                            () -> {
                                while (Thread.getDefaultUncaughtExceptionHandler() == null) {
                                    Thread.onSpinWait();
                                }
                                throw new LinkageError("on purpose");
                            })
                    .start();
            Bridge.main(args);
        }
    }

    @Test
    void anErrorInAnyThreadEndsTheProcess(@TempDir Path directory) throws Exception {
        Process process =
                ChildJvm.start(
                        WithAnError.class,
                        List.of(
                                "receiver",
                                "--port=0",
                                "--secret-file=" + FarEnd.secret(directory)));
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void namesTheSecretFileThatIsMissing(@TempDir Path directory) {
        CommandLine command = Bridge.commandLine();
        StringWriter err = new StringWriter();
        command.setErr(new PrintWriter(err));
        Path missing = directory.resolve("missing");

        assertThat(command.execute("receiver", "--secret-file", missing.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "--secret-file: got "
                                + missing
                                + ", expected a file with a key a line, whsec_… or whpk_… (there is"
                                + " no such file)");
    }
}
