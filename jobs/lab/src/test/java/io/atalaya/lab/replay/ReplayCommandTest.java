package io.atalaya.lab.replay;

import io.atalaya.lab.Lab;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests what a replay rejects before it starts anything. */
class ReplayCommandTest {
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @BeforeEach
    void recording() throws Exception {
        Files.writeString(directory.resolve("hotlist.jsonl"), "");
    }

    @Test
    void namesEveryWrongArgumentAndSettingAtOnce() {
        assertThat(
                        replay(
                                "--parallelism",
                                "0",
                                "-D",
                                "decide.coldown=1 s",
                                "-D",
                                "decide.track-lenght=3",
                                "-D",
                                "alerting.cool-down=1 y",
                                "-D",
                                "kafka.bootstrap-servers=elsewhere:9092",
                                "-D",
                                "kafka.group-id=mine",
                                "-D",
                                "reads.start=LATEST",
                                "-D",
                                "sink.guarantee=EXACTLY_ONCE"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--parallelism: got 0, expected 1 to 128",
                        "-D decide.coldown: unknown key",
                        "-D decide.track-lenght: unknown key",
                        "-D alerting.cool-down: got '1 y', expected a duration from 1 s to 1 d",
                        "-D kafka.bootstrap-servers: the command sets it itself",
                        "-D kafka.group-id: the command sets it itself",
                        "-D reads.start: the command sets it itself",
                        "-D sink.guarantee: always AT_LEAST_ONCE here");
    }

    @Test
    void rejectsAnUnknownJob() {
        assertThat(replay("--jobs", "dispatch,hotlist")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--jobs: got hotlist, expected some of [dispatch, hotlist-match,"
                                + " video-analytics]");
    }

    @Test
    void rejectsOutputOverTheRecordingOrToAnUnwritablePath() throws Exception {
        String data = directory.toString();
        assertThat(execute("replay", data, "--out", directory + "/../" + directory.getFileName()))
                .isEqualTo(2);
        assertThat(execute("replay", data, "--out", directory + "/.")).isEqualTo(2);
        assertThat(err.toString()).contains("expected another directory than DATA_DIR");
        Path file = directory.resolve("hotlist.jsonl");
        assertThat(execute("replay", data, "--out", file + "/out")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--out: got " + file + "/out, expected a directory that can be written");
    }

    @Test
    void rejectsAWrongArgumentWithoutTheWholeHelp() {
        assertThat(replay("--sped", "7")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSizeLessThanOrEqualTo(3)
                .last()
                .isEqualTo("See scripts/replay --help.");
    }

    @Test
    void rejectsSpeedZero() {
        assertThat(replay("--speed", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("expected max or a factor above 0");
    }

    private int replay(String... options) {
        List<String> arguments = new ArrayList<>(List.of("replay", directory.toString()));
        arguments.addAll(List.of("--out", directory.resolve("out").toString()));
        arguments.addAll(List.of(options));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine command = Lab.commandLine();
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }
}
