package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.ConvoyEvidence;
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
import java.util.TreeMap;

import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.arriving;
import static io.atalaya.hotlistmatch.TestRecords.covert;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static io.atalaya.hotlistmatch.TestRecords.twice;
import static io.atalaya.hotlistmatch.TestRecords.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Convoys through the whole job: found, revised, restricted if covert, and the same in any order.
 */
@Execution(ExecutionMode.CONCURRENT)
class ConvoyKafkaIT {
    /** 2026-03-03T12:00:00Z: in the past, so that the job is always catching up. */
    private static final long START = 1_772_539_200_000L;

    private static final int ARCHES = 4;
    private static final int LEG_S = 240;

    private static final String LISTED = "NKR4816";
    private static final String SECRET = "TWN8425";
    private static final String ESCORT = "PUF719L";
    private static final String MISREAD_ESCORT = "PUF71BL";
    private static final String FOLLOWS_SECRET = "RKG485C";
    private static final String CHANCE = "YBC2061";

    /** Travels with the listed vehicle past three devices; one of its reads is withdrawn. */
    private static final String WITHDRAWN = "GHK5912";

    private static final List<TopicRecord> DEVICES = devices();
    private static final List<TopicRecord> LIST =
            List.of(
                    arriving(entry("OPEN", LISTED), START - 50_000),
                    arriving(covert("SECRET", SECRET), START - 50_000));
    private static final List<TopicRecord> READS = reads();

    private static Map<String, String> expected;

    private static List<TopicRecord> devices() {
        List<TopicRecord> devices = new ArrayList<>();
        for (int i = 0; i < ARCHES; i++) {
            devices.add(
                    arriving(
                            arch("ARCO-" + i, i < 2 ? "TOLUCA" : "ECATEPEC", 19.2 + 0.03 * i),
                            START - 60_000));
        }
        return List.copyOf(devices);
    }

    private static List<TopicRecord> reads() {
        List<TopicRecord> reads = new ArrayList<>();
        int[] drift = {-45, 5, 48, 90};
        for (int i = 0; i < ARCHES; i++) {
            pass(reads, i, 100, LISTED, "L");
            pass(reads, i, 108 + i, i == 1 ? MISREAD_ESCORT : ESCORT, "E");
            pass(reads, i, 100 + drift[i], CHANCE, "C");
            pass(reads, i, 600, SECRET, "S");
            // One of these reads arrives late.
            long late = i == 2 ? 90_000 : 0;
            reads.add(
                    arriving(
                            read("ARCO-" + i, "F" + i, time(i, 607), FOLLOWS_SECRET),
                            time(i, 607) + late));
            if (i < 3) {
                pass(reads, i, 94, WITHDRAWN, "W");
            }
        }
        reads.add(arriving(withdrawal("ARCO-1", "W1", time(3, 400))));
        for (int n = 0; n < 60; n++) {
            // Vehicles that pass one device only keep the watermark of every device advancing.
            pass(reads, n % ARCHES, 30 * n, "MFR57" + (10 + n), "X" + n + "-");
        }
        reads.sort(Comparator.comparingLong(TopicRecord::timestamp));
        return List.copyOf(reads);
    }

    private static void pass(
            List<TopicRecord> reads, int index, int second, String plate, String id) {
        reads.add(arriving(read("ARCO-" + index, id + index, time(index, second), plate)));
    }

    private static long time(int index, int second) {
        return START + 1_000L * (LEG_S * index + second);
    }

    @BeforeAll
    static void runInOrder() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 1);
            run.publish(DEVICES);
            run.publish(LIST);
            run.awaitQuiet();
            int withdrawn = indexOfWithdrawal();
            run.publish(READS.subList(0, withdrawn));
            run.awaitQuiet();
            run.publish(READS.subList(withdrawn, READS.size()));
            run.awaitQuiet();
            expected = standing(run);
            assertWhatIsExpected(run);
        }
    }

    private static int indexOfWithdrawal() {
        int index = 0;
        while (READS.get(index).timestamp() < time(3, 400)) {
            index++;
        }
        return index;
    }

    private static void assertWhatIsExpected(JobOnKafka run) {
        List<Alert> convoys =
                run.lastAlerts().values().stream()
                        .filter(alert -> alert.type() == AlertType.CONVOY)
                        .toList();
        assertThat(convoys)
                .extracting(alert -> alert.subject().plate())
                .containsExactlyInAnyOrder(ESCORT, FOLLOWS_SECRET, WITHDRAWN);
        for (Alert convoy : convoys) {
            ConvoyEvidence evidence = (ConvoyEvidence) convoy.evidence();
            switch (convoy.subject().plate()) {
                case ESCORT -> {
                    assertThat(convoy.assessment().action()).isEqualTo(Alert.Action.ALERT);
                    assertThat(convoy.disclosure().isCovert()).isFalse();
                    assertThat(convoy.subject().entryId()).isEqualTo("OPEN");
                    assertThat(convoy.place().site()).isEqualTo("ECATEPEC");
                    assertThat(evidence.reads())
                            .containsExactly("L0", "E0", "L1", "E1", "L2", "E2", "L3", "E3");
                }
                case FOLLOWS_SECRET -> {
                    assertThat(convoy.disclosure().isCovert()).isTrue();
                    assertThat(convoy.disclosure().notified()).containsExactly("unit-SECRET");
                    assertThat(evidence.arches()).hasSize(ARCHES);
                }
                default -> assertThat(convoy.status()).isEqualTo(Alert.Status.CANCELLED);
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
            assertThat(standing(run)).isEqualTo(expected);
        }
    }

    @Test
    void everythingTwiceAndStoppedInBetween() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 2);
            run.publish(DEVICES);
            run.publish(LIST);
            run.publish(twice(READS.subList(0, READS.size() / 2)));
            run.awaitQuiet();
            String savepoint = run.stopWithSavepoint();
            run.publish(twice(READS.subList(READS.size() / 2, READS.size())));
            run.start(savepoint, 1);
            run.awaitQuiet();
            assertThat(standing(run)).isEqualTo(expected);
        }
    }

    /**
     * The contents of the convoys that hold. A run that knows all facts at once does not emit those
     * that another run cancels.
     */
    private static Map<String, String> standing(JobOnKafka run) {
        Map<String, String> convoys = new TreeMap<>();
        run.lastAlerts()
                .forEach(
                        (id, alert) -> {
                            if (alert.type() == AlertType.CONVOY
                                    && alert.status() != Alert.Status.CANCELLED) {
                                convoys.put(id, LastRevisions.said(alert));
                            }
                        });
        return convoys;
    }
}
