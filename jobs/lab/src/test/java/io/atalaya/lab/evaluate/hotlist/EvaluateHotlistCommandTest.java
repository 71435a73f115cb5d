package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.Lab;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Evaluates a recording of four reads, with the alerts of both runs given. */
class EvaluateHotlistCommandTest {
    private static final long START = 1_772_542_800_000L;

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        lines(
                "hotlist.jsonl",
                entry("E1", "ABC1234", START - 1000),
                entry("E2", "XYZ9876", START - 1000),
                "{\"timestamp\":" + (START + 5000) + ",\"key\":\"E2\",\"value\":null}");
        lines(
                "plate-reads.jsonl",
                read("R1", "ABC1234", 1_000),
                read("R1", "ABC1234", 1_500),
                read("R2", "ABC1Z34", 2_000),
                read("R3", "XYZ9876", 6_000),
                read("R4", "ABX1234", 7_000));
        Files.writeString(
                directory.resolve("truth.json"),
                """
                {"start": %1$d, "minutes": 1,
                 "entries": [{"entryId": "E1", "vehicle": "v1", "plate": "ABC1234", "addedAt": %1$d}],
                 "wantedPassages": [
                   {"entryId": "E1", "readId": "R1", "time": %1$d, "deviceId": "A1",
                    "readClass": "exact", "required": true},
                   {"entryId": "E1", "readId": "R2", "time": %1$d, "deviceId": "A1",
                    "readClass": "look-alike", "required": true}],
                 "clones": [{"plate": "QQQ1", "reads": [["R7"], ["R8"]], "required": true}],
                 "passages": [{"readId": "R4", "time": %1$d, "vehicle": "v4", "shown": "A<X1234",
                    "registered": "A<X1234", "read": "ABX1234", "readClass": "one-edit"}]}
                """
                        .formatted(START));
        lines(
                "alerts.jsonl",
                alert("a", "ALERT", "E1", "R1", 0.99, "ABC1234"),
                alert("d", "REVIEW", "E1", "R4", 0.08, "ABX1234"),
                alert("e", "REVIEW", "E1", "R9", 0.07, "ABX1234"));
        lines(
                "scores.jsonl",
                alert("a", "ALERT", "E1", "R1", 0.99, "ABC1234"),
                alert("b", "ALERT", "E1", "R2", 0.02, "ABC1Z34"),
                alert("d", "ALERT", "E1", "R4", 0.08, "ABX1234"));
    }

    @Test
    void printsTheJobBesideTheBaselineRules() {
        assertThat(evaluate()).as(err.toString()).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(line(lines, "this job, alerts and reviews"))
                .containsSubsequence("100.0 % (1/1)", "0.0 % (0/1)", "0.0 (0)", "50,000.0 (2)");
        assertThat(line(lines, "this job, alerts alone")).contains("100.0 % (1/1)");
        // E2 was removed before R3; the second delivery of R1 causes no second alert.
        assertThat(line(lines, "exact equality"))
                .containsSubsequence("100.0 % (1/1)", "0.0 % (0/1)", "0.0 (0)");
        assertThat(line(lines, "edit distance 1"))
                .containsSubsequence("100.0 % (1/1)", "100.0 % (1/1)", "25,000.0 (1)");
        assertThat(out.toString()).contains("4 reads; calibration error of the score 0.0");
    }

    @Test
    void writesASelfContainedPageWithEscapedEvidence() throws IOException {
        assertThat(evaluate()).as(err.toString()).isZero();
        String page = Files.readString(directory.resolve("out/report.html"));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("The worst false alarms", "one character differs", "width:50.0%")
                .contains("v4 passed under the plate A&lt;X1234, read as ABX1234 (one-edit)")
                .contains("AB<mark>X</mark>1234", "AB<mark>C</mark>1234")
                .contains("<dd>d, and 1 like it</dd>")
                .contains("<td>cloned-plate</td>")
                .contains("entry E1 listed ABC1234, read R2")
                .doesNotContain("A<X1234", "<script", "src=\"http", "href=\"http", "<!DOCTYPE svg");
        assertThat(page.split("<svg", -1)).hasSize(4);
        assertThat(page.split("</svg>", -1)).hasSize(4);
        // Two plots with the same id would clip each other.
        List<String> ids =
                Pattern.compile("id=\"([^\"]+)\"")
                        .matcher(page)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void namesWrongArguments() {
        assertThat(evaluate("--floor", "2")).isEqualTo(2);
        assertThat(err.toString()).contains("--floor: got 2.0, expected 0 to 1");
        assertThat(evaluate("-D", "score.treshold=1", "-D", "score.thresholds=80:0.5"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("-D score.treshold: unknown key")
                .contains("-D score.thresholds: got '80:0.5'");
    }

    @Test
    void rejectsARecordingWithoutReads() throws IOException {
        Files.delete(directory.resolve("plate-reads.jsonl"));
        assertThat(evaluate()).isEqualTo(2);
        assertThat(err.toString()).contains("no usable plate reads");
    }

    private int evaluate(String... more) {
        CommandLine line = Lab.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "evaluate",
                                "hotlist",
                                directory.toString(),
                                "--out",
                                directory.resolve("out").toString(),
                                "--alerts",
                                directory.resolve("alerts.jsonl").toString(),
                                "--scores",
                                directory.resolve("scores.jsonl").toString()));
        arguments.addAll(List.of(more));
        return line.execute(arguments.toArray(String[]::new));
    }

    private static String line(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }

    private void lines(String name, String... lines) throws IOException {
        Files.write(directory.resolve(name), List.of(lines));
    }

    private static String entry(String id, String plate, long at) {
        return "{\"timestamp\":%d,\"key\":\"%s\",\"value\":{\"entryId\":\"%s\",\"plate\":\"%s\",\"reason\":\"STOLEN_VEHICLE\",\"caseNumber\":\"C/1\",\"agency\":\"FGJEM\"}}"
                .formatted(at, id, id, plate);
    }

    private static String read(String id, String plate, long after) {
        return "{\"timestamp\":%d,\"key\":\"A1\",\"value\":{\"readId\":\"%s\",\"deviceId\":\"A1\",\"time\":%d,\"plate\":\"%s\",\"confidence\":0.9}}"
                .formatted(START + after, id, START + after, plate);
    }

    private static String alert(
            String id, String action, String entryId, String read, double score, String text) {
        return "{\"timestamp\":%d,\"key\":\"%s\",\"value\":{\"alertId\":\"%s\",\"revision\":1,\"status\":\"NEW\",\"type\":\"hotlist-match\",\"action\":\"%s\",\"time\":%d,\"score\":%s,\"priority\":80,\"subject\":{\"entryId\":\"%s\"},\"evidence\":{\"reads\":[\"%s\"],\"comparison\":{\"read\":\"%s\",\"listed\":\"ABC1234\"},\"parts\":[{\"name\":\"characters\",\"logOdds\":-7.5,\"en\":\"one character differs\"}]}}}"
                .formatted(START, id, id, action, START, score, entryId, read, text);
    }
}
