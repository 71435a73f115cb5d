package io.atalaya.lab.demo;

import io.atalaya.lab.Lab;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

class DemoCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void namesEveryWrongOptionAtOnce() {
        int code =
                execute(
                        "--rate",
                        "0",
                        "--minutes",
                        "0",
                        "--hotlist-size",
                        "-1",
                        "--bulk",
                        "-5",
                        "--cameras",
                        "201",
                        "--parallelism",
                        "0");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--rate: got 0.0, expected 0.1 to 20000",
                        "--minutes: got 0",
                        "--hotlist-size: got -1",
                        "--bulk: got -5",
                        "--cameras: got 201, expected 0 to 200",
                        "--parallelism: got 0");
    }

    @Test
    void takesAWordInSmallLetters() {
        assertThat(execute("--show", "receiver", "--rate", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--rate: got 0.0").doesNotContain("--show");
    }

    @Test
    void namesEveryWrongSettingBeforeAnythingStarts() {
        int code =
                execute(
                        "--rate",
                        "0",
                        "-D",
                        "alerting.cool-down=5",
                        "-D",
                        "decide.coldown=1 s",
                        "-D",
                        "taskmanager.numberOfTaskSlots=2",
                        "-D",
                        "reads.start=LATEST");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--rate: got 0.0",
                        "-D alerting.cool-down: got '5', expected a duration from 1 s to 1 d",
                        "-D decide.coldown: unknown key",
                        "-D taskmanager.numberOfTaskSlots: unknown key",
                        "-D reads.start: the command sets it itself");
    }

    @Test
    void rejectsUnknownLanguage() {
        assertThat(execute("--lang", "fr")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--lang", "'fr', expected es or en", "See scripts/demo --help.");
    }

    private int execute(String... options) {
        CommandLine line = Lab.commandLine();
        line.setErr(new PrintWriter(err));
        String[] args = new String[options.length + 1];
        args[0] = "demo";
        System.arraycopy(options, 0, args, 1, options.length);
        return line.execute(args);
    }
}
