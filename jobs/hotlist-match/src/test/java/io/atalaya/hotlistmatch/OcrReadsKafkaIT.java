package io.atalaya.hotlistmatch;

import io.atalaya.alert.Alert;
import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlist.HotlistEntryJson;
import io.atalaya.hotlist.MatchMode;
import io.atalaya.hotlist.Scope;
import io.atalaya.hotlistmatch.ocr.Misread;
import io.atalaya.hotlistmatch.ocr.Nearness;
import io.atalaya.hotlistmatch.ocr.OcrFigures;
import io.atalaya.hotlistmatch.ocr.OcrRead;
import io.atalaya.hotlistmatch.ocr.OtherPlates;
import io.atalaya.hotlistmatch.ocr.Whose;
import io.atalaya.kafka.TopicRecord;
import io.atalaya.kafka.Topics;
import io.atalaya.loadgenerator.City;
import io.atalaya.loadgenerator.CityOptions;
import io.atalaya.loadgenerator.SampleCity;
import io.atalaya.plate.PlateRead;
import io.atalaya.plate.PlateReadJson;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Real OCR engines' reads of real plates go through the job, against a list of the true plates
 * among 200,000 others, half of them Mexican, half made like the true ones. Prints what is found by
 * kind of misread, and what is shown in error. The bounds leave room for reads of other plates;
 * what was measured is in {@code docs/matching.md}.
 */
class OcrReadsKafkaIT {
    private static final Path PLATES = Path.of("../../../shared/data/plates");

    /** 2026-03-03T12:00:00Z. */
    private static final long START = 1_772_539_200_000L;

    private static final int MEXICAN = 100_000;
    private static final int ALIKE = 100_000;

    /** As the sample city has most of its stolen vehicles. */
    private static final int PRIORITY = 80;

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final int DEVICES_PER_ENGINE = 4;

    /** Longer than the cool-down: every read is an alert of its own, or none. */
    private static final long BETWEEN_READS = Duration.ofMinutes(11).toMillis();

    @Test
    void recallByKindOfMisreadAndFalseCandidates() throws Exception {
        assumeTrue(
                Files.isReadable(PLATES.resolve("ocr_reads.csv")),
                () -> "no reads of real plates in " + PLATES);
        List<OcrRead> reads = OcrRead.in(PLATES);
        TheList list = TheList.of(reads);

        List<Alert> alerts;
        List<ConsumerRecord<byte[], byte[]>> refused;
        try (JobRun run = new JobRun()) {
            run.start(null, 2);
            run.publish(list.records());
            run.publish(records(reads));
            awaitExact(run, reads);
            alerts = List.copyOf(run.lastAlerts().values());
            refused = run.deadLetters();
        }
        OcrFigures figures = new OcrFigures(reads, findings(alerts, reads, list), list.near(reads));
        System.out.println(figures.table());

        assertThat(refused)
                .hasSize((int) figures.count(Misread.REFUSED))
                .allSatisfy(
                        letter ->
                                assertThat(letter.headers().lastHeader("field").value())
                                        .asString(StandardCharsets.UTF_8)
                                        .isEqualTo("plate"));
        assertThat(figures.found(Misread.EXACT, Alert.Action.ALERT))
                .as("a plate read right interrupts, whatever the reader thinks of itself")
                .isEqualTo(figures.count(Misread.EXACT))
                .isPositive();
        assertThat(figures.recall(Misread.LOOK_ALIKE)).as("look-alikes").isGreaterThan(0.8);
        assertThat(figures.recall(Misread.ONE_EDIT)).as("one edit").isGreaterThan(0.3);
        assertThat(figures.recall(Misread.FARTHER)).as("farther").isLessThan(0.02);
        assertThat(figures.candidates().get(Whose.MADE_ALIKE))
                .as("other plates that a read could be mistaken for")
                .isGreaterThan(reads.size() / 20);
        assertThat(figures.mistaken(Alert.Action.ALERT))
                .as("people interrupted for a plate that is neither there nor read")
                .isLessThanOrEqualTo(reads.size() / 1000);
        assertThat(figures.mistaken(Alert.Action.REVIEW))
                .as("reviews of a plate that is neither there nor read")
                .isLessThan(reads.size() / 25);
    }

    /** A list of this size takes its time: silence means rest only once the certain ones are in. */
    private static void awaitExact(JobRun run, List<OcrRead> reads) throws Exception {
        long exact = reads.stream().filter(read -> read.kind() == Misread.EXACT).count();
        long start = System.nanoTime();
        do {
            run.awaitQuiet();
        } while (run.seen().size() < exact && System.nanoTime() - start < LIMIT.toNanos());
    }

    private static List<TopicRecord> records(List<OcrRead> reads) {
        List<TopicRecord> records = new ArrayList<>(reads.size());
        for (int i = 0; i < reads.size(); i++) {
            records.add(record(Integer.toString(i), reads.get(i)));
        }
        return records;
    }

    private static TopicRecord record(String readId, OcrRead read) {
        String device = "ARCH-" + read.engine() + "-" + read.picture() % DEVICES_PER_ENGINE;
        long time = START + read.picture() / DEVICES_PER_ENGINE * BETWEEN_READS;
        PlateRead plateRead =
                new PlateRead(
                        readId,
                        device,
                        null,
                        time,
                        read.text(),
                        read.confidence(),
                        List.of(),
                        read.country(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false);
        return new TopicRecord(Topics.PLATE_READS, time, device, PlateReadJson.write(plateRead));
    }

    private static List<OcrFigures.Finding> findings(
            List<Alert> alerts, List<OcrRead> reads, TheList list) {
        List<OcrFigures.Finding> findings = new ArrayList<>();
        for (Alert alert : alerts) {
            assertThat(alert.evidence().reads()).hasSize(1);
            OcrRead read = reads.get(Integer.parseInt(alert.hotlistEvidence().read().readId()));
            findings.add(
                    new OcrFigures.Finding(
                            read,
                            list.whose(alert.subject().entryId(), read),
                            alert.action(),
                            alert.hotlistEvidence().comparison().kind().equals("EXACT")));
        }
        return findings;
    }

    /**
     * The true plates among many others.
     *
     * @param entries in no particular order
     * @param trueIds entry of each true plate, by its canonical form
     */
    private record TheList(List<HotlistEntry> entries, Map<String, String> trueIds) {
        private static final String TRUE = "TRUE-";
        private static final String ALIKE_ID = "ALIKE-";

        static TheList of(List<OcrRead> reads) {
            Map<String, OcrRead> plates = new LinkedHashMap<>();
            reads.forEach(read -> plates.putIfAbsent(read.plate(), read));
            List<HotlistEntry> entries = new ArrayList<>();
            Map<String, String> trueIds = new HashMap<>();
            plates.forEach(
                    (plate, read) -> {
                        String id = TRUE + trueIds.size();
                        trueIds.put(plate, id);
                        entries.add(stolen(id, read.truth(), read.country()));
                    });
            List<String> models = plates.values().stream().map(OcrRead::truth).toList();
            for (String plate : OtherPlates.like(models, ALIKE)) {
                entries.add(stolen(ALIKE_ID + entries.size(), plate, "US"));
            }
            City city = SampleCity.generate(CityOptions.defaults(11, START).withHotlistSize(0));
            for (int i = 0; i < MEXICAN; i++) {
                entries.add(city.anotherEntry(i));
            }
            Collections.shuffle(entries, new Random(1));
            return new TheList(entries, trueIds);
        }

        private static HotlistEntry stolen(String id, String plate, String country) {
            return new HotlistEntry(
                    id,
                    plate,
                    null,
                    null,
                    country,
                    null,
                    "STOLEN_VEHICLE",
                    "FGJEM/" + id + "/2026",
                    "FGJEM",
                    "vehiculos-extranjeros",
                    PRIORITY,
                    null,
                    null,
                    null,
                    Scope.EVERYWHERE,
                    MatchMode.FUZZY,
                    false,
                    List.of());
        }

        List<TopicRecord> records() {
            long before = START - Duration.ofHours(1).toMillis();
            return entries.stream()
                    .map(
                            entry ->
                                    new TopicRecord(
                                            Topics.HOTLIST,
                                            before,
                                            entry.entryId(),
                                            HotlistEntryJson.write(entry)))
                    .toList();
        }

        /** How many reads are near entries that are not theirs, and near their own. */
        Map<Whose, Integer> near(List<OcrRead> reads) {
            Nearness nearness = new Nearness(reads);
            Map<Whose, Integer> near = new EnumMap<>(Whose.class);
            for (HotlistEntry entry : entries) {
                for (OcrRead read : nearness.near(entry.plate())) {
                    near.merge(whose(entry.entryId(), read), 1, Integer::sum);
                }
            }
            return near;
        }

        Whose whose(String entryId, OcrRead read) {
            if (entryId.equals(trueIds.get(read.plate()))) {
                return Whose.ITS_OWN;
            }
            return entryId.startsWith(TRUE)
                    ? Whose.ANOTHER_TRUE
                    : entryId.startsWith(ALIKE_ID) ? Whose.MADE_ALIKE : Whose.MEXICAN;
        }
    }
}
