package io.atalaya.lab.evaluate;

import io.atalaya.lab.Lab;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluateCommandTest {
    private static final String TRUTH =
            """
            {"start": 1000000, "minutes": 1,
             "entries": [{"entryId": "E1", "plate": "ABC1234", "pattern": null, "addedAt": 1000}],
             "wantedPassages": [
               {"entryId": "E1", "readId": "R1", "time": 1000000, "deviceId": "A1", "readClass": "exact",
                "retrospective": false, "required": true},
               {"entryId": "E1", "readId": "R2", "time": 1000000, "deviceId": "A1", "readClass": "one-edit",
                "retrospective": false, "required": true}],
             "clones": [{"plate": "XYZ1", "reads": [["R7"], ["R8"]], "required": true}],
             "passages": [{"readId": "R2", "time": 1000000, "read": "ABC123"}]}
            """;

    private static final String ALERT =
            "{\"timestamp\":1000250,\"key\":\"a\",\"value\":{\"alertId\":\"a\",\"revision\":1,"
                    + "\"status\":\"NEW\",\"type\":\"hotlist-match\",\"action\":\"ALERT\",\"time\":1000000,"
                    + "\"subject\":{\"entryId\":\"E1\"},\"evidence\":{\"reads\":[\"R1\"],"
                    + "\"comparison\":{\"read\":\"ABC1234\",\"listed\":\"ABC1234\"}}},"
                    + "\"headers\":{\"ce_id\":\"a:1\"}}\n";

    @TempDir Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int evaluate(String... arguments) {
        CommandLine line = Lab.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int evaluateAlerts(Path truth, Path alerts, String... more) {
        return evaluate(
                Stream.concat(
                                Stream.of("evaluate", "alerts", "--truth", truth.toString()),
                                Stream.concat(
                                        Stream.of("--alerts", alerts.toString()), Stream.of(more)))
                        .toArray(String[]::new));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void printsATableAndWritesTheFigures() throws IOException {
        Path truth = file("truth.json", TRUTH);
        Path alerts = file("alerts.jsonl", ALERT);
        Path json = directory.resolve("figures.json");
        int code = evaluateAlerts(truth, alerts, "--missed", "--json", json.toString());
        assertThat(code).isZero();
        assertThat(out.toString())
                .containsPattern("hotlist-match +2 +1 +1 +0 +1 +50.0 % +0 +0 +0 +100.0 %")
                .containsPattern("exact +1 +1 +1 +0 +0 +100.0 % +0 +0 +0.250 s")
                .contains("cloned-plate: 1 required, no such alerts")
                .contains("entry E1 listed ABC1234, read R2 as ABC123 (one-edit) at A1")
                .contains("delay from the read's own time (device clock)");
        assertThat(Files.readString(json))
                .contains("\"type\":\"hotlist-match\"")
                .contains("\"required\":2,\"found\":1,\"foundByAlert\":1")
                .contains("\"delayMs\":{\"count\":1,\"p50\":250,\"p95\":250,\"max\":250}");
    }

    @Test
    void readsGzip() throws IOException {
        Path alerts = directory.resolve("alerts.jsonl.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(alerts))) {
            gzip.write(ALERT.getBytes(StandardCharsets.UTF_8));
        }
        Path truth = file("truth.json", TRUTH);
        assertThat(evaluateAlerts(truth, alerts)).isZero();
        assertThat(out.toString()).containsPattern("hotlist-match +2 +1");
    }

    @Test
    void namesTheFileAndLineThatCannotBeRead() throws IOException {
        Path truth = file("truth.json", TRUTH);
        Path alerts = file("alerts.jsonl", ALERT + "\n" + ALERT.replace("\"NEW\"", "\"OLD\""));
        assertThat(evaluateAlerts(truth, alerts)).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(alerts + ":3: status: got \"OLD\", expected one of [NEW, UPDATED");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | value: got an empty message, expected a JSON object",
                "{} | alertId: got nothing, expected a value: the field is required",
                "{\"alertId\":\"a\",\"subject\":5} | subject: got \"5\", expected an object",
                "{\"alertId\":\"a\",\"revision\":\"x\"} | revision: got \"x\", expected epoch milliseconds",
                "{\"alertId\":\"a\",\"evidence\":{\"parts\":[{\"logOdds\":{}}]}} | evidence.parts[0].logOdds"
            })
    void namesTheFieldOfAnAlertThatCannotBeRead(String alert, String fault) throws IOException {
        Path truth = file("truth.json", TRUTH);
        Path alerts =
                file("alerts.jsonl", "{\"timestamp\":1,\"key\":\"a\",\"value\":" + alert + "}");
        assertThat(evaluateAlerts(truth, alerts)).isEqualTo(2);
        assertThat(err.toString()).startsWith(alerts + ":1: " + fault);
    }

    @Test
    void readsTimesInIso8601() throws IOException {
        Path truth = file("truth.json", TRUTH);
        Path alerts =
                file(
                        "alerts.jsonl",
                        ALERT.replace(
                                "\"time\":1000000", "\"startedAt\":\"1970-01-01T00:16:40Z\""));
        int code = evaluateAlerts(truth, alerts);
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString()).containsPattern("hotlist-match +2 +1");
    }

    @Test
    void noAlertsAreARecallOfZero() throws IOException {
        Path truth = file("truth.json", TRUTH);
        Path alerts = file("alerts.jsonl", "");
        int code = evaluateAlerts(truth, alerts);
        assertThat(code).isZero();
        assertThat(out.toString())
                .containsPattern("hotlist-match +2 +0 +0 +0 +2 +0.0 %")
                .contains("cloned-plate: 1 required, no such alerts");
    }

    @Test
    void rejectsABrokenTruthAndMissingFiles() throws IOException {
        Path truth =
                file("truth.json", TRUTH.replace("\"required\": true}],", "\"required\": 1}],"));
        assertThat(evaluate("evaluate", "alerts", "--truth", truth.toString(), "--alerts", "none"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "truth.json: wantedPassages[1].required: got \"1\", expected true or false");
        assertThat(evaluate("evaluate", "alerts", "--truth", "nowhere", "--alerts", "none"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nowhere: cannot be read: no such file");
        assertThat(evaluate("evaluate")).isEqualTo(2);
        assertThat(evaluate("evaluate", "alerts")).isEqualTo(2);
    }

    @Test
    void writesACityWithCamerasThatFilmForTheirOwnHours() throws Exception {
        int code = evaluateSmallCity(directory, 2);
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(directory.resolve("camera-frames.jsonl.gz")).isNotEmptyFile();
        GroundTruth truth = InputFiles.truth(directory.resolve("truth.json"));
        assertThat(truth.cameras()).isEqualTo(2);
        assertThat(truth.cameraHours()).isEqualTo(2);
        assertThat(truth.cameraEpisodes()).isNotEmpty();
        assertThat(truth.unusualSpeeds()).isNotEmpty();
    }

    @Test
    void rejectsACityOfTooManyCameras() {
        int code =
                evaluate(
                        "evaluate",
                        "city",
                        "--out",
                        directory.toString(),
                        "--cameras",
                        "1001",
                        "--camera-hours",
                        "0");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--cameras: got 1001, expected 0 to 1000",
                        "--camera-hours: got 0, expected 1 to 168");
    }

    @Test
    void rejectsReadsThatDoNotGoWithTheMinutes() {
        assertThat(evaluate("evaluate", "city", "--out", directory.toString(), "--reads", "2000"))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("--reads with --minutes 1440: got 2000, expected 8640 to 172800000");
        assertThat(evaluate("evaluate", "city", "--out", directory.toString(), "--minutes", "5"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--reads with --minutes 5: got 1000000, expected 30 to 600000");
    }

    @Test
    void rejectsAConditionThatIsNone() {
        String[] city = {"evaluate", "city", "--out", directory.toString(), "--conditions", "fog"};
        assertThat(evaluate(city)).isEqualTo(2);
        assertThat(err.toString()).contains("condition: got \"fog\", expected clear, night");
        city[4] = "--recording";
        assertThat(evaluate(city)).isEqualTo(2);
        assertThat(err.toString()).contains("--recording: got no --conditions");
    }

    @Test
    void comparesTheCamerasOfSeveralCitiesByCondition() throws Exception {
        String[] city = {
            "evaluate",
            "city",
            "--out",
            directory.toString(),
            "--conditions",
            "clear,night",
            "--seeds",
            "1..2",
            "--cameras",
            "1",
            "--camera-hours",
            "1",
            "--missed"
        };
        assertThat(evaluate(city)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("Under clear:", "Under night:")
                .containsPattern("type +clear +night")
                .containsPattern("camera-hours +\\d+ in 2 +\\d+ in 2");

        city[7] = "1-2";
        assertThat(evaluate(city)).isEqualTo(2);
        assertThat(err.toString()).contains("--seeds: got 1-2, expected N..M");
        city[7] = "1..999999999";
        assertThat(evaluate(city)).isEqualTo(2);
        assertThat(err.toString()).contains("--seeds: got 1..999999999, expected");
    }

    /** Stands for a traffic simulator: every one of its cities is the same. */
    @Test
    void comparesTheCamerasOfCitiesFromAScript() throws Exception {
        Path made = directory.resolve("made");
        evaluateSmallCity(made, 1);
        Path script = directory.resolve("make.py");
        Files.writeString(
                script, "import shutil, sys\nshutil.copytree('%s', sys.argv[4])\n".formatted(made));
        String[] city = {
            "evaluate",
            "city",
            "--out",
            directory.toString(),
            "--conditions",
            "rain",
            "--seeds",
            "8..9",
            "--generator",
            script.toString()
        };
        assertThat(evaluate(city)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).containsPattern("camera-hours +\\d+ in 2");
        assertThat(directory.resolve("city-9/truth.json")).isNotEmptyFile();
    }

    @Test
    void writesReadImagesAsARecording() throws Exception {
        Files.writeString(
                directory.resolve("ocr_reads.csv"),
                """
                file,country,truth,engine,text,mean_confidence
                a.jpg,us,ABC1234,one,ABC1234,0.99
                a.jpg,us,ABC1234,two,ABC1Z34,0.9
                """);
        Files.write(directory.resolve("a.jpg"), new byte[] {1});
        Path data = directory.resolve("data");

        assertThat(plates(data, "--engine", "two", "--entries", "10")).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("1 reads", "1 true plates among 10 entries");
        assertThat(InputFiles.truth(data.resolve("truth.json")).wantedPassages())
                .extracting(GroundTruth.WantedPassage::readClass)
                .containsExactly("look-alike");
    }

    @Test
    void rejectsReadsThatAreNotThere() throws Exception {
        Path data = directory.resolve("data");
        assertThat(plates(data)).isEqualTo(2);
        assertThat(err.toString()).contains("ocr_reads.csv: no such file");
        Files.writeString(
                directory.resolve("ocr_reads.csv"),
                """
                file,country,truth,engine,text,mean_confidence
                a.jpg,us,ABC1234,one,ABC1234,0.99
                """);
        assertThat(plates(data, "--engine", "ones")).isEqualTo(2);
        assertThat(err.toString()).contains("--engine: got ones, expected one of [one]");
        assertThat(plates(data, "--entries", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--entries: got -1, expected 0 to 5000000");
        assertThat(plates(data, "--entries", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("file: got 'a.jpg', expected an image in");
        assertThat(data).doesNotExist();
    }

    private int plates(Path data, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "evaluate",
                                "plates",
                                directory.toString(),
                                "--out",
                                data.toString()));
        arguments.addAll(List.of(more));
        return evaluate(arguments.toArray(String[]::new));
    }

    /** Writes a city whose cameras film for an hour. */
    private int evaluateSmallCity(Path to, int cameras) {
        return evaluate(
                "evaluate",
                "city",
                "--out",
                to.toString(),
                "--reads",
                "1000",
                "--entries",
                "0",
                "--minutes",
                "5",
                "--cameras",
                String.valueOf(cameras),
                "--camera-hours",
                "1");
    }
}
