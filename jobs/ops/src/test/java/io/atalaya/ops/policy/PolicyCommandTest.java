package io.atalaya.ops.policy;

import io.atalaya.ops.Ops;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyCommandTest {
    private static final Path INSTALLED = Path.of("../../policy");

    @TempDir private Path directory;

    private String out;
    private String err;

    @BeforeEach
    void copyTheInstalledPolicy() throws IOException {
        try (Stream<Path> files = Files.list(INSTALLED)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void aValidPolicyIsNamedByItsVersion() {
        assertThat(run("check", directory.toString())).as(err).isZero();
        assertThat(out).matches("(?s).*: version \\S+ is valid\\.\\s+");
    }

    @Test
    void everyFaultHasItsFileAndLine() throws IOException {
        replace("storms.yaml", "budget:", "budgets:");
        replace("policy.yaml", "version: ", "version: [");

        assertThat(run("check", directory.toString())).isEqualTo(2);
        assertThat(err.lines().limit(2))
                .allMatch(line -> line.startsWith(directory.toString()))
                .anyMatch(line -> line.matches(".*/policy\\.yaml:\\d+: .+"))
                .anyMatch(line -> line.matches(".*/storms\\.yaml:\\d+: .+"));
        assertThat(run("diff", directory.toString(), INSTALLED.toString())).isEqualTo(2);
        assertThat(run("activate", directory.toString(), "--bootstrap-servers", "localhost:1"))
                .as("nothing is sent")
                .isEqualTo(2);
        assertThat(err).contains("policy.yaml:").doesNotContain("localhost");
    }

    @Test
    void whatIsNoDirectoryIsRejected() {
        assertThat(run("check", "/nowhere")).isEqualTo(2);
        assertThat(err).startsWith("DIR: got /nowhere, expected a directory");
        assertThat(run()).isEqualTo(2);
        assertThat(err).startsWith("policy: got no subcommand, expected check, diff or activate");
    }

    @Test
    void printsWhatDiffersRuleByRule() throws IOException {
        assertThat(run("diff", directory.toString(), INSTALLED.toString())).isZero();
        assertThat(out).isEqualToIgnoringNewLines("No rule differs.");

        replace("confirmations.yaml", "hold: 15 s", "hold: 20 s");
        assertThat(run("diff", directory.toString(), INSTALLED.toString())).isZero();
        assertThat(out).matches("confirmations: \\d: hold: \"15 s\" -> \"20 s\"\\s+");
    }

    private void replace(String file, String part, String instead) throws IOException {
        String text = Files.readString(directory.resolve(file));
        assertThat(text).contains(part);
        Files.writeString(directory.resolve(file), text.replace(part, instead));
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine line = Ops.commandLine();
        line.setOut(new PrintWriter(text));
        line.setErr(new PrintWriter(errors));
        int code =
                line.execute(
                        Stream.concat(Stream.of("policy"), Stream.of(arguments))
                                .toArray(String[]::new));
        out = text.toString();
        err = errors.toString();
        return code;
    }
}
