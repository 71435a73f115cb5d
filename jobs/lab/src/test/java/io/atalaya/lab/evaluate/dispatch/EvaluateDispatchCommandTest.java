package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.lab.Lab;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.DispatchOptions;
import io.atalaya.simulator.dispatch.TrueIncident;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.dispatch.TrueIncident.Subject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluateDispatchCommandTest {
    private static final long START = 1_772_542_800_000L;

    private static final Path POLICY = Path.of("../../policy");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @Test
    void printsTheFiguresOfAReplay() throws IOException {
        replay();
        Path json = directory.resolve("figures.json");
        assertThat(evaluate(directory.toString(), "--json", json.toString())).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("incidents +2"))
                .anyMatch(line -> line.matches("pairs: F1 +0.0000"))
                .anyMatch(line -> line.matches("B-cubed: recall +0.5000"))
                .anyMatch(line -> line.matches("wrong splits +1"))
                .anyMatch(line -> line.matches("seconds to the right site: median +3.0"))
                .anyMatch(line -> line.matches("TOLUCA all +1 .*"));
        assertThat(json).content().contains("\"wrongSplits\" : 1");
    }

    @Test
    void writesAReport() throws IOException {
        replay();
        assertThat(evaluate(directory.toString(), "--out", directory.resolve("r").toString()))
                .isZero();
        assertThat(directory.resolve("r/report.html"))
                .content()
                .contains("wrong splits", "<svg", "TOLUCA all");
    }

    @Test
    void leavesOutWhatNeedsATruth() throws IOException {
        replay();
        Files.delete(directory.resolve(TrueIncident.FILE));
        assertThat(evaluate(directory.toString())).isZero();
        assertThat(out.toString()).contains("incidents ").doesNotContain("wrong splits");
    }

    @Test
    void takesTheTruthOfARecording() throws IOException {
        replay();
        Path truth = directory.resolve("other.jsonl");
        Files.move(directory.resolve(TrueIncident.FILE), truth);
        assertThat(evaluate(directory.toString(), "--truth", truth.toString())).isZero();
        assertThat(out.toString()).contains("wrong splits");
        assertThat(evaluate(directory.toString(), "--truth", "missing.jsonl")).isEqualTo(2);
        assertThat(err.toString()).contains("missing.jsonl: cannot be read");
    }

    @Test
    void namesTheLineThatCannotBeRead() throws IOException {
        replay();
        Files.writeString(directory.resolve("decisions.jsonl"), "{\"timestamp\":1,\"value\":{}}\n");
        assertThat(evaluate(directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("decisions.jsonl:1: time");
    }

    /** Recorded answers that the job rejects are in the file as well. */
    @Test
    void listsTheDevicesWithFalseAlarmsOfAReplay() throws IOException {
        write("incidents", START, falseAlarm("a"), falseAlarm("b"));
        write("dispatch-responses", START, close("a"), new byte[] {'{'}, close("b"));
        assertThat(evaluate(directory.toString())).as(err.toString()).isZero();
        assertThat(out.toString().lines()).anyMatch(line -> line.matches("B-1 +2 +2 +100.*"));
    }

    private static byte[] falseAlarm(String id) {
        return Incident.CODEC.write(
                DispatchScorerTest.incident(
                        id, Status.CLOSED, START, List.of(), "device:B-1/" + id));
    }

    private static byte[] close(String id) {
        return DispatchResponse.CODEC.write(
                new DispatchResponse(
                        "r-" + id,
                        id,
                        START,
                        "ana",
                        null,
                        null,
                        "TOLUCA",
                        START,
                        new DispatchResponse.Close("17", null, null)));
    }

    @Test
    void rejectsADirectoryWithoutIncidents() {
        assertThat(evaluate(directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("has no incidents.jsonl");
    }

    @Test
    void comparesTwoPoliciesOnARecordedDay() throws IOException {
        DispatchDay.generate(
                        DispatchOptions.defaults(5, START)
                                .withMinutes(20)
                                .withLoad(0.2)
                                .withButtons(100, 0))
                .write(directory);
        Path other = Files.createDirectory(directory.resolve("other"));
        try (Stream<Path> files = Files.list(POLICY)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file).replace("within: 5 min", "within: 1 s");
                Files.writeString(other.resolve(file.getFileName()), text);
            }
        }
        assertThat(
                        evaluate(
                                directory.toString(),
                                "--policy",
                                POLICY.toString(),
                                "--policy",
                                other.toString(),
                                "--out",
                                directory.resolve("r").toString()))
                .isZero();
        assertThat(out.toString())
                .contains("difference", "incidents grouped differently")
                .doesNotContain("0 incidents grouped differently");
        assertThat(directory.resolve("r/report.html")).content().contains("Grouped differently");
    }

    @Test
    void rejectsAnInvalidPolicy() throws IOException {
        replay();
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThat(evaluate(directory.toString(), "--policy", empty.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("fusion.yaml:1: missing");
    }

    @Test
    void rejectsAThirdPolicy() {
        assertThat(evaluate("day", "--policy", "a", "--policy", "b", "--policy", "c")).isEqualTo(2);
        assertThat(err.toString()).contains("--policy: got 3, expected at most 2");
    }

    @Test
    void writesADay() {
        Path day = directory.resolve("day");
        assertThat(
                        Lab.commandLine()
                                .setOut(new PrintWriter(out, true))
                                .execute(
                                        "evaluate",
                                        "dispatch-city",
                                        "--out",
                                        day.toString(),
                                        "--minutes",
                                        "10",
                                        "--buttons",
                                        "100",
                                        "--answers",
                                        POLICY.toString()))
                .isZero();
        assertThat(day.resolve("dispatch-responses.jsonl.gz")).exists();
        assertThat(day.resolve("deliveries.jsonl.gz")).exists();
        assertThat(day.resolve("calls.jsonl.gz")).exists();
        assertThat(day.resolve(TrueIncident.FILE)).exists();
        assertThat(out.toString()).contains("records about");
    }

    /** Two incidents about one event; the site was sent one of them after 3 s. */
    private void replay() throws IOException {
        TrueIncident.write(
                directory.resolve(TrueIncident.FILE),
                List.of(
                        new TrueIncident(
                                "T1",
                                "security",
                                Subject.PLACE,
                                Outcome.REAL,
                                START,
                                START,
                                null,
                                "TOLUCA",
                                65,
                                false,
                                List.of("call:1", "call:2"))));
        Incident first =
                DispatchScorerTest.incident("a", Status.OPEN, START + 3_000, List.of(), "call:1");
        Incident second =
                DispatchScorerTest.incident("b", Status.OPEN, START + 9_000, List.of(), "call:2");
        write("incidents", START, Incident.CODEC.write(first), Incident.CODEC.write(second));
        write(
                "dispatch-toluca",
                START + 3_000,
                DispatchMessage.CODEC.write(new DispatchMessage(Purpose.ASSIGN, 0, null, first)));
    }

    private void write(String topic, long time, byte[]... values) throws IOException {
        List<String> lines = new ArrayList<>();
        for (byte[] value : values) {
            lines.add(
                    new String(
                            TopicRecordCodec.write(new TopicRecord(topic, time, "key", value)),
                            StandardCharsets.UTF_8));
        }
        Files.write(directory.resolve(topic + ".jsonl"), lines);
    }

    private int evaluate(String... arguments) {
        CommandLine line = Lab.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("evaluate", "dispatch"));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }
}
