package io.atalaya.bridge;

import io.atalaya.testutils.CommandHelp;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
