package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.testutils.JobOnKafka;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.arriving;
import static io.atalaya.hotlistmatch.TestRecords.covert;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static io.atalaya.hotlistmatch.TestRecords.twice;
import static io.atalaya.hotlistmatch.TestRecords.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cloned plates through the whole job: found once, restricted if covert, and the same in any order.
 */
@Execution(ExecutionMode.CONCURRENT)
class CloneKafkaIT {
    /** 2026-03-03T12:00:00Z: in the past, so that the job is always catching up. */
    private static final long START = 1_772_539_200_000L;

    private static final String LISTED = "NKR4816";
    private static final String OTHER = "PUF719L";
    private static final String TAKEN_BACK = "RKG485C";

    private static final List<TopicRecord> DEVICES =
            List.of(
                    arriving(arch("SOUTH", "TOLUCA", 19.20), START - 60_000),
                    arriving(arch("MIDDLE", "TOLUCA", 19.30), START - 60_000),
                    arriving(arch("NORTH", "ECATEPEC", 19.50), START - 60_000));
    private static final List<TopicRecord> LIST =
            List.of(arriving(covert("E", LISTED), START + 90_000));
    private static final List<TopicRecord> READS = reads();

    private static Map<String, String> expected;

    private static List<TopicRecord> reads() {
        List<TopicRecord> reads = new ArrayList<>();
        reads.add(arriving(read("SOUTH", "S1", START, LISTED)));
        reads.add(arriving(read("NORTH", "N1", START + 60_000, LISTED)));
        // A drive with a late read from a place where the vehicle cannot have been.
        reads.add(arriving(read("SOUTH", "S2", START + 10_000, OTHER)));
        reads.add(arriving(read("MIDDLE", "M2", START + 460_000, OTHER)));
        reads.add(arriving(read("NORTH", "N2", START + 200_000, OTHER), START + 520_000));
        reads.add(arriving(read("SOUTH", "S3", START + 20_000, TAKEN_BACK)));
        reads.add(arriving(read("NORTH", "N3", START + 80_000, TAKEN_BACK)));
        reads.add(arriving(withdrawal("NORTH", "N3", START + 140_000)));
        for (int i = 0; i < 60; i++) {
            // Passing vehicles keep the watermark of every device advancing.
            String plate = "MFR57" + (10 + i);
            reads.add(arriving(read("SOUTH", "SX" + i, START + 10_000L * i, plate)));
            reads.add(arriving(read("MIDDLE", "MX" + i, START + 10_000L * i + 400_000, plate)));
            reads.add(arriving(read("NORTH", "NX" + i, START + 10_000L * i + 1_300_000, plate)));
        }
        reads.sort(Comparator.comparingLong(TopicRecord::timestamp));
        return List.copyOf(reads);
    }

    @BeforeAll
    static void runInOrder() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 1);
            run.publish(DEVICES);
            run.publish(LIST);
            run.awaitQuiet();
            run.publish(READS);
            run.awaitQuiet();
            expected = clones(run);
            assertWhatIsExpected(run);
        }
    }

    private static Map<String, String> clones(JobOnKafka run) {
        LastRevisions all = LastRevisions.of(run.alertMessages());
        Map<String, String> clones = all.said();
        all.last().values().stream()
                .filter(alert -> alert.type() != AlertType.CLONED_PLATE || isEmittedTooEarly(alert))
                .forEach(alert -> clones.remove(alert.alertId()));
        return clones;
    }

    /**
     * On a busy machine a partition may seem idle; the job then continues without it and later
     * cancels what it emitted too early.
     */
    private static boolean isEmittedTooEarly(Alert alert) {
        return alert.status() == Alert.Status.CANCELLED
                && !alert.subject().plate().equals(TAKEN_BACK);
    }

    private static void assertWhatIsExpected(JobOnKafka run) {
        List<Alert> clones =
                run.lastAlerts().values().stream()
                        .filter(alert -> alert.type() == AlertType.CLONED_PLATE)
                        .filter(alert -> !isEmittedTooEarly(alert))
                        .toList();
        assertThat(clones)
                .extracting(alert -> alert.subject().plate())
                .containsExactlyInAnyOrder(LISTED, OTHER, TAKEN_BACK);
        for (Alert clone : clones) {
            CloneEvidence evidence = (CloneEvidence) clone.evidence();
            switch (clone.subject().plate()) {
                case LISTED -> {
                    assertThat(clone.disclosure().isCovert()).isTrue();
                    assertThat(clone.disclosure().notified()).containsExactly("unit-E");
                    assertThat(clone.place().site()).isEqualTo("ECATEPEC");
                    assertThat(evidence.reads()).containsExactly("S1", "N1");
                }
                case OTHER -> {
                    assertThat(clone.disclosure().isCovert()).isFalse();
                    assertThat(clone.assessment().action()).isEqualTo(Alert.Action.ALERT);
                    assertThat(evidence.reads()).containsExactly("S2", "N2", "M2");
                    assertThat(evidence.count()).isEqualTo(2);
                }
                default -> assertThat(clone.status()).isEqualTo(Alert.Status.CANCELLED);
            }
        }
    }

    @Test
    void readsBeforeTheDevicesAndTheList() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 2);
            run.publish(READS);
            run.awaitQuiet();
            run.publish(DEVICES);
            run.publish(LIST);
            run.awaitQuiet();
            assertThat(clones(run)).isEqualTo(expected);
        }
    }

    @Test
    void everythingTwiceAndStoppedInBetween() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 2);
            run.publish(DEVICES);
            run.publish(LIST);
            run.publish(twice(READS.subList(0, 6)));
            run.awaitQuiet();
            String savepoint = run.stopWithSavepoint();
            run.publish(twice(READS.subList(6, READS.size())));
            run.start(savepoint, 1);
            run.awaitQuiet();
            assertThat(clones(run)).isEqualTo(expected);
        }
    }
}
