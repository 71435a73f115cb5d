package io.atalaya.cli;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class AtalayaTest {
    @ParameterizedTest
    @CsvSource({
        "demo, scripts/demo, --parallelism=N",
        "replay, scripts/replay, -D=KEY=VALUE",
        "hotlist load, scripts/hotlist load, --zone=ZONE",
        "hotlist remove, scripts/hotlist remove, [ENTRY_ID...]",
        "disposition, scripts/disposition, --outcome=OUTCOME",
        "model list, scripts/model list, --models=DIR",
        "model activate, scripts/model activate, NAME VERSION",
        "model shadow, scripts/model shadow, --purpose=WHY",
        "model stop-shadow, scripts/model stop-shadow, --requested-by=WHO",
        "topics, scripts/topics, --grants",
        "cluster start, scripts/cluster start, --taskmanagers=N",
        "cluster stop, scripts/cluster stop, --delete",
        "cluster status, scripts/cluster status, --dir=DIR",
        "submit hotlist-match, scripts/submit hotlist-match, --set=KEY=VALUE",
        "submit video-analytics, scripts/submit video-analytics, --set=KEY=VALUE",
        "savepoint stop, scripts/savepoint stop, --to=URI",
        "savepoint resume, scripts/savepoint resume, JOB PATH",
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

    /** Descriptions are format strings: where one is not, picocli warns and shows it as it is. */
    @ParameterizedTest
    @MethodSource("commands")
    void help_is_formatted(CommandLine command) {
        PrintStream err = System.err;
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        String help;
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            help = command.getUsageMessage();
        } finally {
            System.setErr(err);
        }

        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(help).contains("Usage: ").doesNotContain("%%", "%n", "${");
    }

    static Stream<Named<CommandLine>> commands() {
        return withSubcommands(Atalaya.commandLine())
                .map(each -> Named.of(each.getCommandSpec().qualifiedName(), each));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().flatMap(AtalayaTest::withSubcommands));
    }
}
