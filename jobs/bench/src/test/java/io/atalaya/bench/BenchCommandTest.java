package io.atalaya.bench;

import io.atalaya.commandline.Scripts;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class BenchCommandTest {
    @ParameterizedTest
    @CsvSource({
        "hotlist, --entries=N",
        "video, --cameras=N",
        "dispatch, --buttons=N",
        "inference, --linger=MS",
        "kernel, --json=FILE",
    })
    void helpStartsWithTheScriptAndNamesEveryOption(String name, String option) {
        StringWriter out = new StringWriter();
        CommandLine line = Scripts.commandLine(new BenchCommand());
        line.setOut(new PrintWriter(out));

        assertThat(line.execute(name, "--help")).isZero();

        String synopsis = out.toString().replaceAll("\\s+", " ");
        assertThat(synopsis).startsWith("Usage: scripts/bench " + name + " ").contains(option);
        // Descriptions are format strings: where one is not, picocli shows it as it is.
        assertThat(out.toString()).doesNotContain("%%", "%n", "${");
    }
}
