package io.atalaya.ops.hotlist;

import io.atalaya.ops.Ops;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests what a load rejects before it connects to a broker. */
class LoadCommandTest {
    @Test
    void rejectsUnknownTimeZone() {
        StringWriter err = new StringWriter();
        CommandLine command = Ops.commandLine();
        command.setErr(new PrintWriter(err));
        int code =
                command.execute(
                        "hotlist",
                        "load",
                        "x.csv",
                        "--agency",
                        "A",
                        "--source",
                        "S",
                        "--zone",
                        "Mars");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("--zone", "got 'Mars', expected a time zone such as America/Mexico_City")
                .endsWith("See scripts/hotlist load --help.\n")
                .doesNotContain("java.");
    }
}
