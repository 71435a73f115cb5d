package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.Lab;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class EvaluateSeriesCommandTest {
    private static final Path NAB = Path.of("../../../shared/data/nab");

    @TempDir Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int evaluate(String... arguments) {
        CommandLine line = Lab.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int evaluate(Path series, Path labels) {
        return evaluate("evaluate", "series", series.toString(), "--labels", labels.toString());
    }

    private String lastLine() {
        List<String> lines = out.toString().lines().toList();
        return lines.get(lines.size() - 1);
    }

    @Test
    void scoresMadeSeriesAndWritesAReport() throws IOException {
        Path made = directory.resolve("made");
        assertThat(evaluate("evaluate", "sensors", "--out", made.toString(), "--each", "1"))
                .isZero();

        Path report = directory.resolve("report");
        assertThat(
                        evaluate(
                                "evaluate",
                                "series",
                                made.toString(),
                                "--labels",
                                made.resolve("windows.json").toString(),
                                "--out",
                                report.toString()))
                .as(err.toString())
                .isZero();

        assertThat(lastLine()).matches("standard-profile score: -?\\d+\\.\\d\\d of \\d+");
        assertThat(out.toString()).contains("demand/demand_1.csv").contains("no network");
        assertThat(Files.readString(report.resolve("report.html")))
                .contains("demand/demand_1.csv")
                .contains("<svg");
        assertThat(Files.readString(report.resolve("report.html")))
                .contains("Precision and recall")
                .contains("Alarms a series and day against the bar")
                .contains("The worst false alarms");
        assertThat(Files.readAllLines(report.resolve("series.csv"))).hasSize(1 + 3 * 8);
        assertThat(Files.readAllLines(report.resolve("thresholds.csv"))).hasSize(1 + 61);
        assertThat(Files.readAllLines(report.resolve("scores.csv")).get(1)).startsWith("clicks/");
    }

    @Test
    void namesInTheReportAreEscaped() throws IOException {
        Files.writeString(
                directory.resolve("a<b>&.csv"),
                "timestamp,value\n2026-01-01 00:00:00,1\n2026-01-01 00:05:00,2\n");
        Path labels = Files.writeString(directory.resolve("w.json"), "{\"a<b>&.csv\": []}");
        String[] arguments = {
            "evaluate",
            "series",
            directory.toString(),
            "--labels",
            labels.toString(),
            "--out",
            directory.resolve("out").toString()
        };

        assertThat(evaluate(arguments)).as(err.toString()).isZero();

        assertThat(Files.readString(directory.resolve("out/report.html")))
                .contains("<h2>a&lt;b&gt;&amp;.csv</h2>")
                .doesNotContain("a<b>");
    }

    @Test
    void theFourRealSeriesScoreAsAsked() {
        assumeTrue(Files.isDirectory(NAB), () -> "no series at " + NAB.toAbsolutePath());

        assertThat(evaluate(NAB, NAB.resolve("combined_windows.json"))).as(err.toString()).isZero();

        assertThat(lastLine()).endsWith(" of 7");
        double score = Double.parseDouble(lastLine().split(" ")[2]);
        assertThat(score).as(out.toString()).isGreaterThan(5);
    }

    @Test
    void saysWhichRowCannotBeRead() throws IOException {
        Files.writeString(
                directory.resolve("a.csv"),
                "timestamp,value\n2026-01-01 00:00:00,1\nyesterday,2\n");
        Path labels = Files.writeString(directory.resolve("w.json"), "{\"x/a.csv\": []}");

        assertThat(evaluate(directory, labels)).isEqualTo(2);

        assertThat(err.toString()).contains("a.csv:3: timestamp: got 'yesterday', expected a time");
    }

    @Test
    void saysThatNoSeriesIsLabelled() throws IOException {
        Files.writeString(directory.resolve("a.csv"), "timestamp,value\n2026-01-01 00:00:00,1\n");
        Path labels = Files.writeString(directory.resolve("w.json"), "{\"b.csv\": []}");

        assertThat(evaluate(directory, labels)).isEqualTo(2);

        assertThat(err.toString()).contains("it names none of the series");
    }

    /** A folder can contain files without labels, and those can be malformed. */
    @Test
    void doesNotReadWhatHasNoLabels() throws IOException {
        Files.writeString(
                directory.resolve("a.csv"),
                "timestamp,value\n2026-01-01 00:00:00,1\n2026-01-01 00:05:00,2\n");
        Files.writeString(directory.resolve("b.csv"), "timestamp,value\nyesterday,2\n");
        Path labels = Files.writeString(directory.resolve("w.json"), "{\"a.csv\": []}");

        assertThat(evaluate(directory, labels)).as(err.toString()).isZero();

        assertThat(out.toString()).contains("Without labels, left out: b.csv");
        assertThat(lastLine()).isEqualTo("standard-profile score: 0.00 of 0");
    }

    @Test
    void rejectsWhatHasNoLengthAndABarThatIsNone() throws IOException {
        Path made = directory.resolve("made");
        Files.createDirectory(made);
        Path labels = Files.writeString(directory.resolve("w.json"), "{\"a.csv\": []}");
        String[] arguments = {
            "evaluate", "series", made.toString(), "--labels", labels.toString(), "--bar", "NaN"
        };

        assertThat(evaluate(arguments)).isEqualTo(2);
        arguments[6] = "-2";
        Files.writeString(made.resolve("a.csv"), "timestamp,value\n");
        assertThat(evaluate(arguments)).isEqualTo(2);
        String row = "2026-01-01 00:00:00,1\n";
        Files.writeString(made.resolve("a.csv"), "timestamp,value\n" + row + row);
        assertThat(evaluate(arguments)).isEqualTo(2);
        arguments[2] = directory.resolve("nowhere").toString();
        assertThat(evaluate(arguments)).isEqualTo(2);

        assertThat(err.toString())
                .contains("--bar: got NaN, expected a finite number")
                .contains("a.csv: got 0 rows, expected two or more")
                .contains("a.csv: got 2 rows, expected two or more, the last one later")
                .contains("nowhere: cannot be read: no such directory");
    }
}
