package io.atalaya.lab.evaluate.tracks;

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
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Runs the command as its script does, with the model that the project serves. */
class EvaluateTracksCommandTest {
    private static final String HEADER = "sceneId,trackId,t,x,y,label\n";

    @TempDir Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int evaluate(String... arguments) {
        CommandLine line = Lab.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    /** A vehicle whose position is a function of the driven share of its trajectory. */
    private static String vehicle(
            String id, double start, DoubleUnaryOperator x, DoubleUnaryOperator y, String label) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i <= 20; i++) {
            double u = i / 20.0;
            rows.append(
                    String.format(
                            Locale.ROOT,
                            "crossing,%s,%.2f,%.2f,%.2f,%s%n",
                            id,
                            start + i * 0.2,
                            x.applyAsDouble(u),
                            y.applyAsDouble(u),
                            label));
        }
        return rows.toString();
    }

    /**
     * Two lanes through an image of 1280 by 720 pixels, and two vehicles that make a U-turn on one
     * of them, at different places.
     */
    private Path street(boolean labelled) throws IOException {
        Random random = new Random(7);
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 120; i++) {
            double beside = 4 * random.nextGaussian();
            boolean turns = i == 60 || i == 100;
            boolean down = i % 2 == 0;
            double turn = i == 60 ? 640 : 1000;
            DoubleUnaryOperator along =
                    turns ? u -> turn - Math.abs(turn - 2 * turn * u) : u -> 1280 * u;
            rows.append(
                    vehicle(
                            "vehicle" + i,
                            3 * i,
                            down ? along : u -> 640 + beside,
                            down ? u -> 400 + beside + (turns ? 60 * u : 0) : u -> 720 * u,
                            labelled ? (turns ? "1" : "0") : ""));
        }
        return Files.writeString(directory.resolve("street.csv"), rows.toString());
    }

    @Test
    void ranksUnusualTracksFirstAndReportsTheQuality() throws IOException {
        Path file = street(true);
        assertThat(evaluate("evaluate", "tracks", file.toString())).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(lines.size() - 1)).isEqualTo("ROC AUC: 1.0000");
        List<String> scores = Files.readAllLines(directory.resolve("street-scores.csv"));
        assertThat(scores).hasSize(121);
        assertThat(scores.get(0))
                .isEqualTo("sceneId,trackId,start,end,points,score,scoreInTimeOrder,label");
        assertThat(scores.subList(1, 3))
                .allMatch(row -> row.matches("crossing,vehicle(60|100),.*,1"));
    }

    @Test
    void scoresWithoutLabelsButDoesNotEvaluate() throws IOException {
        Path file = street(false);
        Path report = directory.resolve("report");
        assertThat(evaluate("evaluate", "tracks", file.toString(), "--out", report.toString()))
                .isZero();
        assertThat(out.toString()).doesNotContain("ROC");
        assertThat(Files.readAllLines(report.resolve("scores.csv"))).hasSize(121);
        assertThat(Files.readString(report.resolve("report.html")))
                .contains("The most unusual tracks")
                .contains("<svg")
                .doesNotContain("ROC");
    }

    @Test
    void theReportShowsTheWorstFalseAlarms() throws IOException {
        Path report = directory.resolve("report");
        assertThat(
                        evaluate(
                                "evaluate",
                                "tracks",
                                street(true).toString(),
                                "--out",
                                report.toString()))
                .isZero();
        assertThat(Files.readString(report.resolve("report.html")))
                .contains("Precision and recall")
                .contains("Alerts a camera and day against the threshold")
                .contains("The worst false alarms")
                .contains("<polyline");
        assertThat(out.toString())
                .containsPattern("baseline, random cut forest: (0\\.[5-9]|1\\.)")
                .containsPattern("baseline, plain z-score: (0\\.[5-9]|1\\.)");
    }

    @Test
    void namesInTheReportAreEscaped() throws IOException {
        String hostile = "<img src=x onerror=alert(1)>";
        Path file =
                Files.writeString(
                        directory.resolve("a&b<c.csv"),
                        HEADER
                                + vehicle(hostile, 0, u -> u, u -> 0, "0")
                                + vehicle("b", 9, u -> 2 * u, u -> 1, "1"));
        Path report = directory.resolve("escaped");
        assertThat(evaluate("evaluate", "tracks", file.toString(), "--out", report.toString()))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(report.resolve("report.html")))
                .contains(
                        "Unusual tracks of a&amp;b&lt;c.csv", "&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<img", "b<c");
    }

    @Test
    void alertsADayAreCountedByTheLengthOfATick() throws IOException {
        // The last of 120 vehicles starts at 357 and drives for 4.
        assertThat(secondAlertsADay("1")).isCloseTo(2 * 86_400 / 361.0, within(0.01));
        assertThat(secondAlertsADay("0.04")).isCloseTo(2 * 86_400 / 361.0 * 25, within(0.01));
        assertThat(evaluate("evaluate", "tracks", street(true).toString(), "--tick", "0"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--tick: got 0.0, expected more than 0");
    }

    @Test
    void relativeTimesGiveNoRatePerDay() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("again.csv"),
                        HEADER
                                + vehicle("a", 0, u -> u, u -> 0, "0")
                                + vehicle("b", 0, u -> 2 * u, u -> 1, "1"));
        Path report = directory.resolve("again");
        assertThat(evaluate("evaluate", "tracks", file.toString(), "--out", report.toString()))
                .isZero();
        assertThat(Files.readAllLines(report.resolve("thresholds.csv")).get(1)).contains(",,");
        assertThat(Files.readString(report.resolve("report.html")))
                .doesNotContain("camera-days")
                .contains("Alerts in 1,000 tracks");
    }

    private double secondAlertsADay(String tick) throws IOException {
        Path report = directory.resolve("report-" + tick);
        assertThat(
                        evaluate(
                                "evaluate",
                                "tracks",
                                street(true).toString(),
                                "--tick",
                                tick,
                                "--out",
                                report.toString()))
                .isZero();
        List<String> rows = Files.readAllLines(report.resolve("thresholds.csv"));
        assertThat(rows.get(0)).isEqualTo("threshold,alerts,perCameraDay,unusual,usual");
        String both = rows.stream().filter(row -> row.endsWith(",2,0")).findFirst().orElseThrow();
        return Double.parseDouble(both.split(",")[2]);
    }

    @Test
    void aRecordingOfCamerasIsReadAsItIs() throws IOException {
        Path recorded = directory.resolve("recorded");
        assertThat(
                        evaluate(
                                "evaluate",
                                "city",
                                "--out",
                                recorded.toString(),
                                "--reads",
                                "1000",
                                "--entries",
                                "0",
                                "--minutes",
                                "5",
                                "--cameras",
                                "1",
                                "--camera-hours",
                                "1",
                                "--camera-incidents",
                                "0",
                                "--camera-unusual",
                                "120"))
                .as(err.toString())
                .isZero();
        out.getBuffer().setLength(0);
        Path report = directory.resolve("report");
        assertThat(evaluate("evaluate", "tracks", recorded.toString(), "--out", report.toString()))
                .as(err.toString())
                .isZero();
        List<String> lines = out.toString().lines().toList();
        String last = lines.get(lines.size() - 1);
        // The halves of a broken U-turn are labelled as well, although they are typical
        // trajectories.
        assertThat(Double.parseDouble(last.replace("ROC AUC: ", ""))).isGreaterThan(0.8);
        assertThat(Files.readAllLines(report.resolve("scores.csv")))
                .hasSizeGreaterThan(500)
                .anyMatch(row -> row.startsWith("CAM-00001,"));
    }

    @Test
    void saysWhereAFileIsWrong() throws IOException {
        assertThat(rejected("sceneId,trackId,t,x\na,1,0,0\n")).contains(":1: column y: missing");
        assertThat(rejected(HEADER + "a,1,0,0,0,0\na,1,1,NaN,0,0\n"))
                .contains(":3: x: got \"NaN\", expected a finite number");
        assertThat(rejected(HEADER + "a,1,0,0,0,2\n")).contains(":2: label: got \"2\"");
        assertThat(rejected(HEADER + "a,1,0\n")).contains(":2: got 3 values");
        assertThat(rejected(HEADER)).contains("holds no track");
        assertThat(evaluate("evaluate", "tracks", directory.resolve("none.csv").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.csv: cannot be read: no such file");
    }

    private String rejected(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.csv"), content);
        assertThat(evaluate("evaluate", "tracks", file.toString())).isEqualTo(2);
        return err.toString();
    }

    @Test
    void aSingleTrackIsTypical() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("one.csv"), "sceneId,trackId,t,x,y\na,1,5,0.5,0.5\n");
        assertThat(evaluate("evaluate", "tracks", file.toString())).isZero();
        assertThat(Files.readAllLines(directory.resolve("one-scores.csv")).get(1))
                .isEqualTo("a,1,5.0,5.0,1,0.6931,,");
    }
}
