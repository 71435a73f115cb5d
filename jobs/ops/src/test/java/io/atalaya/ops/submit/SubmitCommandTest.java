package io.atalaya.ops.submit;

import io.atalaya.flink.job.JobDefinition;
import io.atalaya.ops.Ops;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the checks before a submission. */
class SubmitCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hotlist-match | matches plate reads | alerting.cool-down (duration; default: 10 min) How long an alert is open:
                    hotlist-match | matches plate reads | reads.start (COMMITTED, EARLIEST, LATEST; default: COMMITTED)
                    video-analytics | watches cameras | outage.share (number; default: 0.3) If this share of the steadily
                    """)
    void help_lists_every_setting_with_its_default_and_meaning(
            String name, String summary, String setting) {
        assertThat(run("submit", name, "--help")).isZero();

        String help = out.toString().replaceAll("\\s+", " ");
        JobDefinition.all().stream()
                .filter(job -> job.name().equals(name))
                .flatMap(job -> job.options().stream())
                .forEach(option -> assertThat(help).contains(" " + option.key() + " ("));
        assertThat(help).contains("Submits the job that " + summary, setting);
    }

    @Test
    void rejectsMissingJob() {
        assertThat(run("submit")).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "submit: got no job, expected dispatch or hotlist-match or video-analytics");
    }

    @Test
    void rejectsSettingOfAnotherJob() {
        assertThat(
                        run(
                                "submit",
                                "video-analytics",
                                "--jobmanager",
                                "nowhere:8081",
                                "--set",
                                "alerting.cool-down=1 s"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--set alerting.cool-down: unknown key");
    }

    @Test
    void namesEveryWrongSettingAtOnce() {
        assertThat(
                        submit(
                                "--jobmanager",
                                "nowhere:8081",
                                "--parallelism",
                                "0",
                                "--set",
                                "decide.coldown=1 s",
                                "--set",
                                "alerting.cool-down=1 y"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "--parallelism: got 0, expected 1 or more",
                        "--set kafka.bootstrap-servers: got nothing, expected host:port",
                        "--set decide.coldown: unknown key",
                        "--set alerting.cool-down: got '1 y', expected a duration");
    }

    @Test
    void saysHowToStartAClusterIfThereIsNone() {
        assertThat(submit("--dir", directory.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains("no cluster in " + directory + "; scripts/cluster start makes one");

        err.getBuffer().setLength(0);
        assertThat(run("flink", "--dir", directory.toString(), "list")).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("no cluster in " + directory + "; scripts/cluster start makes one");
    }

    /** The path is relative to the user's directory, not to the JobManager's. */
    @Test
    void rejectsMissingStateBeforeSubmitting() {
        assertThat(
                        run(
                                "savepoint",
                                "resume",
                                "hotlist-match",
                                "savepoints/none",
                                "--set",
                                "kafka.bootstrap-servers=nowhere:9092"))
                .isEqualTo(2);

        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "PATH: got 'savepoints/none', expected the directory of a savepoint or"
                                + " checkpoint; there is no "
                                + Path.of("savepoints/none/_metadata").toAbsolutePath()
                                + "\nSee scripts/savepoint resume --help.\n");
    }

    private int submit(String... arguments) {
        List<String> all = new ArrayList<>(List.of("submit", "hotlist-match"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        CommandLine line = Ops.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
