package io.atalaya.lab.replay;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.lab.Lab;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.CityOptions.PassagesKept;
import io.atalaya.simulator.RecordingWriter;
import io.atalaya.simulator.Roadside;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the command as {@code scripts/replay} does, with the real job, over a generated city. */
@Execution(ExecutionMode.CONCURRENT)
class HotlistReplayKafkaIT {
    private static final long START = 1_772_542_800_000L;
    private static final long SEED = 7;

    /**
     * Entries with the same plate, so that each image causes this many OCR requests; all images
     * together cause more than twice as many as the production queue holds.
     */
    private static final long ENTRIES_WITH_IMAGE = 5;

    private static final int IMAGES = 30;

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void alertsTheWantedPassagesOnceAndKeepsWhatIsBroken() throws Exception {
        CityOptions options =
                new CityOptions(
                        SEED,
                        START,
                        3,
                        20,
                        500,
                        50,
                        20,
                        PassagesKept.NONE,
                        Roadside.demonstration());
        City city = SampleCity.generate(options);
        RecordingWriter.write(city, directory);
        String broken = "{\"readId\":\"X\",\"plate\":";
        append(
                Topics.PLATE_READS,
                options.end() + 60_000,
                "ARCO-BROKEN",
                "\"{\\\"readId\\\":\\\"X\\\",\\\"plate\\\":\"");
        listImaged(START - Duration.ofDays(1).toMillis());
        appendImages(options.end() + 120_000);

        int code =
                run(
                        "replay",
                        directory.toString(),
                        "--out",
                        directory + "/out",
                        "--jobs",
                        "hotlist-match",
                        "-D",
                        "reads.fetch-wait=50 ms");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        Map<String, Alert> last = lastRevisions();
        assertThat(last.values().stream().filter(HotlistReplayKafkaIT::isByOcrResult).count())
                .as("every question is answered, although all come at once")
                .isEqualTo(ENTRIES_WITH_IMAGE * IMAGES);
        Map<String, Alert> found = new HashMap<>();
        for (Alert alert : last.values()) {
            // On a busy machine a tag alert precedes the read of the plate, and is then cancelled.
            if (alert.type() != AlertType.HOTLIST_MATCH
                    || alert.status() == Alert.Status.CANCELLED) {
                continue;
            }
            for (String read : alert.evidence().reads()) {
                Alert other = found.put(alert.subject().entryId() + " " + read, alert);
                assertThat(other)
                        .as(
                                "another alert for entry and read %s %s than %s",
                                alert.subject().entryId(),
                                read,
                                new String(AlertCodec.write(alert), StandardCharsets.UTF_8))
                        .isNull();
            }
        }
        List<GroundTruth.WantedPassage> required =
                city.truth().wantedPassages().stream()
                        .filter(p -> p.required() && p.readClass().equals("exact"))
                        .toList();
        assertThat(required).as("seed %s", SEED).hasSizeGreaterThan(20);
        assertThat(required)
                .as("seed %s", SEED)
                .allSatisfy(p -> assertThat(found).containsKey(p.entryId() + " " + p.readId()));
        assertThat(required).as("some by a look into the past").anyMatch(p -> p.retrospective());

        List<TopicRecord> dead = records("dead-letter");
        assertThat(dead).hasSize(1);
        assertThat(new String(dead.get(0).value(), StandardCharsets.UTF_8)).isEqualTo(broken);
        assertThat(dead.get(0).headers())
                .containsEntry("topic", "plate-reads")
                .containsEntry("original-key", "ARCO-BROKEN")
                .containsKeys("reason", "field", "offset", "job");
        assertThat(out.toString()).containsPattern("dead-letter +1\n");
    }

    @Test
    void aMalformedRecordingIsExitCode2WithFileAndLine() throws Exception {
        Path file = directory.resolve("hotlist.jsonl");
        Files.writeString(file, "{\"timestamp\":1,\"key\":\"E\",\"value\":{}}\n{\"value\":{}}\n");
        assertThat(run("replay", directory.toString(), "--out", directory + "/out")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        file
                                + ":2: timestamp: got nothing, expected epoch milliseconds, years 1970 to"
                                + " 9999\n");
    }

    private static boolean isByOcrResult(Alert alert) {
        return "CAMERA".equals(alert.deviceId())
                && alert.evidence().parts().stream()
                        .map(ScoreContribution::name)
                        .anyMatch("second-opinion"::equals);
    }

    private int run(String... arguments) {
        CommandLine command = Lab.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    /**
     * Lists the imaged plate before all else, because a replay reads on only when the job knows
     * what is older than the first read. A read that overtakes its entry is matched without its
     * image.
     */
    private void listImaged(long time) throws Exception {
        Path list = directory.resolve(Topics.HOTLIST + ".jsonl.gz");
        byte[] others = Files.readAllBytes(list);
        Files.delete(list);
        for (int i = 0; i < ENTRIES_WITH_IMAGE; i++) {
            String id = "IMAGED-" + i;
            append(
                    Topics.HOTLIST,
                    time,
                    id,
                    """
                    {"entryId":"%s","plate":"NKR4816","reason":"STOLEN_VEHICLE","caseNumber":"C/1",
                     "agency":"FGJEM","priority":80}"""
                            .formatted(id)
                            .replace("\n", ""));
        }
        Files.write(list, others, StandardOpenOption.APPEND);
    }

    /**
     * Appends misreads of one plate, each with its image and more than a cool-down after the last.
     */
    private void appendImages(long from) throws Exception {
        String image =
                Base64.getEncoder()
                        .encodeToString(
                                Files.readAllBytes(
                                        Path.of(
                                                "../hotlist-match/src/test/resources/plates/NKR4816.jpg")));
        for (int i = 0; i < IMAGES; i++) {
            long time = from + (i + 1) * Duration.ofMinutes(11).toMillis();
            append(
                    Topics.PLATE_READS,
                    time,
                    "CAMERA",
                    """
                    {"readId":"IMAGE-%d","deviceId":"CAMERA","time":%d,"plate":"NKR4J16",
                     "confidence":0.9,"plateImage":"%s"}"""
                            .formatted(i, time, image)
                            .replace("\n", ""));
        }
    }

    /** Appends another gzip member to the archive, which the format allows. */
    private void append(String topic, long timestamp, String key, String value) throws Exception {
        String line =
                "{\"timestamp\":%d,\"key\":\"%s\",\"value\":%s}\n".formatted(timestamp, key, value);
        try (OutputStream file =
                new GZIPOutputStream(
                        Files.newOutputStream(
                                directory.resolve(topic + ".jsonl.gz"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND))) {
            file.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Map<String, Alert> lastRevisions() throws Exception {
        Map<String, Alert> last = new HashMap<>();
        for (TopicRecord record : records("alerts")) {
            Alert alert = AlertCodec.read(record.value(), record.timestamp());
            assertThat(record.headers())
                    .containsEntry("ce_id", alert.alertId() + ":" + alert.revision());
            last.merge(alert.alertId(), alert, (a, b) -> a.revision() > b.revision() ? a : b);
        }
        return last;
    }

    private List<TopicRecord> records(String topic) throws Exception {
        List<TopicRecord> records = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("out/" + topic + ".jsonl"))) {
            records.add(TopicRecordCodec.read(topic, line.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }
}
