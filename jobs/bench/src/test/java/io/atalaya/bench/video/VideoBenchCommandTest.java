package io.atalaya.bench.video;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class VideoBenchCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void rejectsAllInvalidArgumentsTogether() {
        assertThat(
                        run(
                                "--cameras=100,100",
                                "--frames=1",
                                "--runs=0",
                                "--rate=1,500",
                                "--plots=/dev/null"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--cameras: got [100, 100]", "--frames: got", "--runs: got")
                .contains("--rate: got 1.0", "--rate: got [1.0, 500.0], expected one number")
                .contains("--plots: got /dev/null, expected a directory");
    }

    /** Half of its alerts would be missing that nothing could have caused. */
    @Test
    void rejectsAFeedTooShortForItsCameras() {
        assertThat(run("--cameras=100,20000", "--seconds=15")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--seconds: got 15, expected at least 22")
                .contains("at --rate 5,000 each of 20,000 cameras");
    }

    private int run(String... arguments) {
        return new CommandLine(new VideoBenchCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
