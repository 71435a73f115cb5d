package io.atalaya.ops.submit;

import io.atalaya.ops.Ops;
import io.atalaya.videoanalytics.VideoAnalyticsOptions;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the settings of the second job; all else is the same as for the first job. */
class SubmitVideoAnalyticsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpListsEverySettingWithItsDefaultAndMeaning() {
        assertThat(submit("--help")).isZero();

        String help = out.toString().replaceAll("\\s+", " ");
        VideoAnalyticsOptions.ALL.forEach(
                option -> assertThat(help).contains(" " + option.key() + " ("));
        assertThat(help)
                .contains("outage.share (number; default: 0.3) If this share of the steadily");
    }

    @Test
    void everyWrongSettingIsNamedAtOnce() {
        assertThat(
                        submit(
                                "--jobmanager",
                                "nowhere:8081",
                                "--set",
                                "alerting.cool-down=1 s",
                                "--set",
                                "crowd.people=two"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "--set alerting.cool-down: unknown key",
                        "--set crowd.people: got 'two', expected a whole number");
    }

    private int submit(String... arguments) {
        CommandLine line = Ops.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 2];
        all[0] = "submit";
        all[1] = "video-analytics";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return line.execute(all);
    }
}
