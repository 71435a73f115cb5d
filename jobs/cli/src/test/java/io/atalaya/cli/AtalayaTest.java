package io.atalaya.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class AtalayaTest {
    @ParameterizedTest
    @CsvSource({
        "demo, scripts/demo, --parallelism=N",
        "replay, scripts/replay, -D=KEY=VALUE",
        "hotlist load, scripts/hotlist load, --zone=ZONE",
        "hotlist remove, scripts/hotlist remove, [ENTRY_ID...]",
        "disposition, scripts/disposition, --outcome=OUTCOME",
        "evaluate alerts, scripts/evaluate alerts, --truth=TRUTH",
    })
    void help_begins_with_the_script_and_names_every_option(
            String command, String script, String option) {
        StringWriter out = new StringWriter();
        CommandLine line = Atalaya.commandLine();
        line.setOut(new PrintWriter(out));

        assertThat(line.execute((command + " --help").split(" "))).isZero();

        String synopsis = out.toString().replaceAll("\\s+", " ");
        assertThat(synopsis).startsWith("Usage: " + script + " ").contains(option);
    }
}
