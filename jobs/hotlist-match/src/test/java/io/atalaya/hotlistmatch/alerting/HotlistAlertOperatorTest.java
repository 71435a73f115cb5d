package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.LastRevisions;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.CapturedLog;
import io.atalaya.testutils.Subtask;

import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.entryAt;
import static io.atalaya.hotlistmatch.TestRecords.entryUntil;
import static io.atalaya.hotlistmatch.TestRecords.exact;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class HotlistAlertOperatorTest {
    private static final long KEEP = Operators.KEEP.toMillis();
    private static final long ORPHAN = Duration.ofMinutes(10).toMillis();

    /** Longer in ms than any debounce of the operator. */
    private static final long SETTLED = 10_000;

    @ParameterizedTest
    @EnumSource
    void theLastRevisionsAreTheSameThroughARestore(Backend backend) throws Exception {
        Scenario<EntryEvent, ReferenceUpdate, Alert> scenario =
                new Scenario<>(Operators.decide(), NOON, Subtask::drain);
        long until = NOON + 60_000;
        scenario.second(registered("ARCO-1", arch("ARCO-1", "TOLUCA"), NOON))
                .first(started(entry("A", "LXF-001-9"), NOON))
                .first(found("A", "ARCO-1", "R1", NOON + 1))
                .first(found("A", "ARCO-1", "R2", NOON + 2))
                // A read that stays, one that is retracted, and one whose retraction arrives first.
                .first(found("A", "ARCO-1", "R3", NOON + 3))
                .first(end("A", "ARCO-1", "R3", NOON + 4))
                .first(end("A", "ARCO-1", "R4", NOON + 6))
                .first(found("A", "ARCO-1", "R4", NOON + 5))
                // A device that is registered late.
                .first(found("A", "ARCO-2", "R1", NOON + 7))
                .second(registered("ARCO-2", arch("ARCO-2", "ECATEPEC"), NOON + 8))
                .now(NOON + SETTLED)
                // A read that arrives before its entry; the entry expires while its alert is open.
                .first(found("B", "ARCO-1", "R9", NOON + SETTLED))
                .first(started(entryUntil("B", "LXF-001-9", until), NOON))
                .now(NOON + 2 * SETTLED)
                .watermark(until)
                .now(NOON + 3 * SETTLED)
                .watermark(until + 1)
                .first(
                        new EntryEvent.VersionEnded(
                                "A", NOON, NOON + 3 * SETTLED, false, RecordPosition.UNKNOWN))
                .watermark(until + 2)
                .now(NOON + 4 * SETTLED);

        LastRevisions plainly = last(scenario.plainly(backend));

        assertThat(plainly.last().values())
                .extracting(
                        alert ->
                                "%s %s x%d at %s %s"
                                        .formatted(
                                                alert.subject().entryId(),
                                                alert.status(),
                                                ((HotlistEvidence) alert.evidence()).count(),
                                                alert.deviceId(),
                                                alert.place().site()))
                .containsExactlyInAnyOrder(
                        "A ENDED x2 at ARCO-1 TOLUCA",
                        "A ENDED x1 at ARCO-2 ECATEPEC",
                        "B ENDED x1 at ARCO-1 TOLUCA");
        assertThat(last(scenario.restarting(backend)).said()).isEqualTo(plainly.said());
    }

    @Test
    void logsTheCourseOfAnAlert() throws Exception {
        Scenario<EntryEvent, ReferenceUpdate, Alert> scenario =
                new Scenario<>(Operators.decide(), NOON, Subtask::drain);
        scenario.second(registered("ARCO-1", arch("ARCO-1", "TOLUCA"), NOON))
                .first(started(entry("A", "LXF-001-9"), NOON))
                .first(found("A", "ARCO-1", "R1", NOON + 1))
                .first(found("A", "ARCO-1", "R2", NOON + 2))
                .first(end("A", "ARCO-1", "R1", NOON + 3))
                .first(end("A", "ARCO-1", "R2", NOON + 4))
                .now(NOON + SETTLED);

        try (CapturedLog log = new CapturedLog(HotlistAlertFunction.class.getName(), Level.DEBUG)) {
            scenario.plainly(Backend.HEAP);

            assertThat(log.lines(Level.DEBUG))
                    .extracting(line -> line.replaceFirst("alert \\w+", "alert X"))
                    .startsWith(
                            "alert X opened: type hotlist-match, revision 1772539200001, by read ARCO-1/R1,"
                                    + " because ALERT with score 0.995 = characters +4.99, confidence +0.31",
                            "alert X updated: type hotlist-match, revision 1772539200002, by read ARCO-1/R2,"
                                    + " because ALERT with score 0.995 = characters +4.99, confidence +0.31",
                            "alert X cancelled: type hotlist-match, revision 1772539200003,"
                                    + " by retraction of read ARCO-1/R1, because its read was retracted,"
                                    + " no longer matches or repeats an earlier one;"
                                    + " ALERT with score 0.995 = characters +4.99, confidence +0.31");
        }
    }

    /** The input of the convoy operators: each matching passage once, and again when it changes. */
    @ParameterizedTest
    @EnumSource
    void emitsWhichPassagesAreOfTheListedVehicle(Backend backend) throws Exception {
        Scenario<EntryEvent, ReferenceUpdate, Alert> scenario =
                new Scenario<>(
                        Operators.decide(),
                        NOON,
                        decide -> {
                            decide.drain();
                            return decide.drain(HotlistAlertFunction.LISTED_PASSAGES);
                        });
        scenario.second(registered("ARCO-1", arch("ARCO-1", "TOLUCA"), NOON))
                .first(started(entry("A", "LXF-001-9"), NOON))
                .first(found("A", "ARCO-1", "R1", NOON + 1))
                .first(found("A", "ARCO-1", "R1", NOON + 1))
                .first(found("A", "ARCO-1", "R2", NOON + 2))
                .first(end("A", "ARCO-1", "R1", NOON + 4))
                .now(NOON + SETTLED)
                // Its device time is not reliable.
                .first(
                        new EntryEvent.ReadMatched(
                                "A",
                                NOON,
                                new EnrichedRead(
                                        "ARCO-1/R3",
                                        NOON + SETTLED,
                                        true,
                                        read("ARCO-1", "R3", NOON + SETTLED, "LXF-001-9"))))
                .now(NOON + 2 * SETTLED)
                // The version is removed, but the passage that it matched stays emitted.
                .first(
                        new EntryEvent.VersionEnded(
                                "A", NOON, NOON + 2 * SETTLED, false, RecordPosition.UNKNOWN))
                .watermark(NOON + 2 * SETTLED + KEEP + 2)
                .now(NOON + 3 * SETTLED + KEEP)
                .watermark(NOON + 3 * SETTLED + KEEP);

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly)
                .extracting(
                        each -> {
                            ListedPassage passage = (ListedPassage) each;
                            return passage.readId() + " " + passage.isActive();
                        })
                .containsExactly("R1 true", "R2 true", "R1 false", "R3 false");
        assertThat(plainly)
                .first()
                .extracting(each -> ((ListedPassage) each).ownPlates())
                .isEqualTo(List.of("LXF-001-9"));
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    @Test
    void aReviewWaitsForNoTagWhereThereAreNone() throws Exception {
        assertThat(reviewAtOnce(Operators.RULES)).isEmpty();

        AlertingSettings rules = Operators.RULES;
        assertThat(
                        reviewAtOnce(
                                new AlertingSettings(
                                        rules.thresholds(),
                                        rules.coolDown(),
                                        rules.trackLength(),
                                        rules.retention(),
                                        rules.keepEnded(),
                                        Duration.ZERO,
                                        rules.reviewAfter(),
                                        false)))
                .extracting(alert -> alert.assessment().action())
                .containsExactly(Alert.Action.REVIEW);
    }

    private static List<Alert> reviewAtOnce(AlertingSettings settings) throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(settings), Backend.HEAP, NOON)) {
            decide.second(registered("ARCO-1", arch("ARCO-1", "TOLUCA"), NOON));
            decide.first(started(entry("A", "NKR4816"), NOON));
            decide.first(
                    finding("A", enrichedRead(read("ARCO-1", "R1", NOON + 1, "NKR481G", 0.5))));
            return decide.drain();
        }
    }

    @Test
    void evictsEndedEntriesAndMatchesWithoutEntry() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(), Backend.HEAP, NOON)) {
            for (int i = 0; i < 20; i++) {
                decide.first(started(entryUntil("A" + i, "LXF-001-9", NOON + 100), NOON));
                decide.first(found("A" + i, "ARCO-1", "R1", NOON + 1));
                decide.first(
                        new EntryEvent.VersionEnded(
                                "A" + i, NOON, NOON + 2, false, RecordPosition.UNKNOWN));
                decide.first(found("A" + i, "ARCO-1", "R2", NOON + 1));
                decide.first(found("ORPHAN" + i, "ARCO-1", "R1", NOON + 1));
                // The end of a version that is no longer stored.
                decide.first(
                        new EntryEvent.VersionEnded(
                                "LATE" + i, NOON, NOON + 2, false, RecordPosition.UNKNOWN));
            }
            // Three entry states per round, and the emitted passages of one.
            assertThat(decide.keyedStateEntries()).isEqualTo(80);
            decide.watermark(NOON + 2 + KEEP + 1);
            decide.now(NOON + ORPHAN);
            decide.now(NOON + KEEP);

            assertThat(decide.keyedStateEntries()).isZero();
            assertThat(decide.keyedTimers()).isZero();
        }
    }

    /** A camera that revises each read sends retractions of reads that are of no entry. */
    @Test
    void forgetsRetractionsWhoseReadsDoNotCome() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(), Backend.HEAP, NOON)) {
            decide.second(registered("ARCO-1", arch("ARCO-1", "TOLUCA"), NOON));
            decide.first(started(entry("A", "LXF-001-9"), NOON));
            decide.first(end("A", "ARCO-1", "R1", NOON + 2));
            decide.first(end("A", "ARCO-1", "R2", NOON + 2));
            decide.now(NOON + ORPHAN - 1);
            decide.first(found("A", "ARCO-1", "R1", NOON + 1));
            decide.now(NOON + ORPHAN + 60_000);
            // The watermark was late.
            decide.watermark(NOON + ORPHAN + 3);
            decide.now(NOON + 2 * ORPHAN + 120_000);
            decide.first(found("A", "ARCO-1", "R2", NOON + 1));
            decide.now(NOON + 2 * ORPHAN + 120_000 + SETTLED);

            assertThat(decide.drain())
                    .extracting(alert -> alert.evidence().reads(), Alert::status)
                    .containsExactly(
                            tuple(List.of("R1"), Alert.Status.CANCELLED),
                            tuple(List.of("R2"), Alert.Status.NEW));
        }
    }

    /**
     * A replay, or a backlog after an outage: the watermark advances by hours while an alert is
     * debounced.
     */
    @Test
    void anAlertThatSettlesWhileTheClockRunsOnIsEmitted() throws Exception {
        long read = NOON - 24 * KEEP;
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(), Backend.HEAP, NOON)) {
            decide.second(registered("ARCO-1", arch("ARCO-1", "TOLUCA"), read - 1));
            decide.first(started(entry("A", "LXF-001-9"), read - 1));
            decide.first(found("A", "ARCO-1", "R1", read));
            decide.first(
                    new EntryEvent.VersionEnded(
                            "A", read - 1, read + 1, false, RecordPosition.UNKNOWN));
            decide.watermark(read + 2 * KEEP);
            decide.now(NOON + SETTLED);

            assertThat(decide.drain())
                    .extracting(alert -> alert.evidence().reads(), Alert::status)
                    .containsExactly(tuple(List.of("R1"), Alert.Status.ENDED));
        }
    }

    /**
     * The next version looks back, because its match mode differs, but not to reads that the first
     * one matched.
     */
    @Test
    void evictsTheMatchesOfAVersionWithIt() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(), Backend.HEAP, NOON)) {
            decide.second(registered("ARCO-1", arch("ARCO-1", "TOLUCA"), NOON));
            decide.first(started(exact("A", "LXF-001-9"), NOON));
            decide.first(found("A", "ARCO-1", "R1", NOON + 1));
            decide.first(found("A", "ARCO-1", "R2", NOON + 2));
            long update = NOON + 1_000_000;
            decide.first(
                    new EntryEvent.VersionEnded("A", NOON, update, false, RecordPosition.UNKNOWN));
            decide.first(started(entry("A", "LXF-001-9"), update));
            decide.first(found("A", "ARCO-1", "R3", update + 1));
            decide.now(update + SETTLED);
            assertThat(decide.drain())
                    .extracting(alert -> alert.evidence().reads())
                    .containsExactly(List.of("R1"), List.of("R1", "R2"), List.of("R3"));
            decide.watermark(update + KEEP + 1);
            decide.now(update + KEEP);

            assertThat(decide.drain()).isEmpty();
        }
    }

    /** A removal and a new listing in one batch of records have one arrival time. */
    @Test
    void anEntryThatIsListedAgainAtOnceStaysInForce() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(), Backend.HEAP, NOON)) {
            decide.first(started(entry("A", "LXF-001-9"), NOON));
            decide.first(
                    new EntryEvent.VersionEnded("A", NOON, NOON, false, RecordPosition.UNKNOWN));
            decide.first(started(entry("A", "LXF-001-9"), NOON));
            decide.first(found("A", "ARCO-1", "R1", NOON + 1));
            decide.now(NOON + SETTLED);

            assertThat(decide.drain()).extracting(Alert::status).containsOnly(Alert.Status.NEW);
        }
    }

    /** The topics have no common order, so the move is known only after the read. */
    @Test
    void aReadIsEvaluatedByWhereItsDeviceHadMoved() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(), Backend.HEAP, NOON)) {
            decide.second(registered("IN", arch("IN", "ECATEPEC"), NOON));
            decide.second(registered("OUT", arch("OUT", "TOLUCA"), NOON));
            decide.first(started(entryAt("A", "LXF-001-9", "TOLUCA"), NOON));
            decide.first(found("A", "IN", "R1", NOON + 10));
            decide.first(found("A", "OUT", "R1", NOON + 10));
            decide.second(registered("IN", arch("IN", "TOLUCA"), NOON + 5));
            decide.second(registered("OUT", arch("OUT", "ECATEPEC"), NOON + 5));
            assertThat(decide.drain())
                    .extracting(alert -> alert.deviceId() + " " + alert.status())
                    .containsExactly("OUT NEW");
            decide.now(NOON + 2_500);

            assertThat(decide.drain())
                    .extracting(alert -> alert.deviceId() + " " + alert.status())
                    .containsExactlyInAnyOrder("IN NEW", "OUT CANCELLED");
        }
    }

    /** An alert of an unknown device is re-checked with one timer at a time. */
    @Test
    void rechecksOfAnUnknownDeviceDoNotAddUp() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(), Backend.HEAP, NOON)) {
            decide.first(started(entry("A", "LXF-001-9"), NOON));
            for (int i = 0; i < 20; i++) {
                decide.first(found("A", "ARCO-9", "R" + i, NOON + 300L * i));
                decide.now(NOON + 300L * i);
            }
            decide.now(NOON + 9_000);

            assertThat(decide.keyedTimers()).isEqualTo(1);
        }
    }

    private static LastRevisions last(List<Object> alerts) {
        return LastRevisions.of(alerts.stream().map(Alert.class::cast).toList());
    }

    private static ReferenceUpdate registered(String deviceId, Device device, long arrival) {
        return new ReferenceUpdate.DeviceChanged(new DeviceChange(deviceId, device, arrival));
    }

    private static EntryEvent started(HotlistEntry entry, long from) {
        return new EntryEvent.VersionStarted(
                new EntryVersion(entry, from, true, RecordPosition.UNKNOWN));
    }

    private static EntryEvent found(String entryId, String device, String readId, long arrival) {
        return finding(entryId, enrichedRead(read(device, readId, arrival, "LXF-001-9")));
    }

    private static EntryEvent end(String entryId, String device, String readId, long at) {
        String key = PassageEvent.key(device, readId);
        return finding(
                entryId, new Retraction(device, key, key, at, false, 0, RecordPosition.UNKNOWN));
    }

    private static EntryEvent finding(String entryId, PassageEvent event) {
        return new EntryEvent.ReadMatched(entryId, NOON, event);
    }
}
