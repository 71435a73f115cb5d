package io.atalaya.ops.submit;

import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.ops.Ops;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the checks before a submission. */
class SubmitHotlistMatchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @Test
    void help_lists_every_setting_with_its_default_and_meaning() {
        assertThat(submit("--help")).isZero();

        String help = out.toString().replaceAll("\\s+", " ");
        HotlistMatchOptions.ALL.forEach(
                option -> assertThat(help).contains(" " + option.key() + " ("));
        assertThat(help)
                .contains(
                        "alerting.cool-down (duration; default: 10 min) How long an alert is open:",
                        "reads.start (COMMITTED, EARLIEST, LATEST; default: COMMITTED)");
    }

    @Test
    void every_wrong_setting_is_named_at_once() {
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
    void without_a_cluster_it_says_how_to_start_one() {
        assertThat(submit("--dir", directory.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains("no cluster in " + directory + "; scripts/cluster start makes one");
    }

    /** The path is relative to the user's directory, not to the JobManager's. */
    @Test
    void state_that_is_not_there_is_named_before_anything_is_submitted() {
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
                        "--from: got 'savepoints/none', expected the directory of a savepoint or"
                                + " checkpoint; there is no "
                                + Path.of("savepoints/none/_metadata").toAbsolutePath()
                                + "\nSee scripts/submit hotlist-match --help.\n");
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
