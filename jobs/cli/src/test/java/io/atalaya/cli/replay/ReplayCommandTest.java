package io.atalaya.cli.replay;

import io.atalaya.cli.Atalaya;

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

/** What a replay refuses before it starts anything. */
class ReplayCommandTest {
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @BeforeEach
    void recording() throws Exception {
        Files.writeString(directory.resolve("hotlist.jsonl"), "");
    }

    @Test
    void every_faulty_argument_and_setting_is_named_at_once() {
        assertThat(
                        replay(
                                "--parallelism",
                                "0",
                                "-D",
                                "decide.coldown=1 s",
                                "-D",
                                "decide.track-lenght=3",
                                "-D",
                                "decide.cool-down=1 y",
                                "-D",
                                "kafka.bootstrap-servers=elsewhere:9092",
                                "-D",
                                "kafka.group-id=mine",
                                "-D",
                                "reads.start=LATEST"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--parallelism: got 0, expected 1 to 128",
                        "-D decide.coldown: unknown key",
                        "-D decide.track-lenght: unknown key",
                        "-D decide.cool-down: got '1 y', expected a duration from 1 s to 1 d",
                        "-D kafka.bootstrap-servers: the command sets it itself",
                        "-D kafka.group-id: the command sets it itself",
                        "-D reads.start: the command sets it itself");
    }

    @Test
    void a_speed_of_nothing_is_refused() {
        assertThat(replay("--speed", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("expected max or a factor above 0");
    }

    private int replay(String... options) {
        CommandLine command = Atalaya.commandLine();
        command.setErr(new PrintWriter(err));
        List<String> arguments = new ArrayList<>(List.of("replay", directory.toString()));
        arguments.addAll(List.of("--out", directory.resolve("out").toString()));
        arguments.addAll(List.of(options));
        return command.execute(arguments.toArray(String[]::new));
    }
}
