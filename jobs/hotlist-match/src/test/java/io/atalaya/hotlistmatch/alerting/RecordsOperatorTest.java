package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The effect of the calibration records of devices and lists on alerts. */
class RecordsOperatorTest {
    private static final String PLATE = "NKR-48-16";
    private static final CalibrationSubject BAD = new CalibrationSubject.Device("BAD");

    /** Longer in ms than any wait of the operator. */
    private static final long SETTLED = 10_000;

    @Test
    void aBadRecordMakesAReviewOfAnAlertAndSaysSo() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide = start(Backend.HEAP, 90)) {
            decide.second(record(BAD, NOON + 1, new CalibrationOffset(-60, 7, 9)));
            Alert good = alertOf(decide, "GOOD", NOON + 2);
            Alert bad = alertOf(decide, "BAD", NOON + 2);

            assertThat(good.assessment().action()).isEqualTo(Alert.Action.ALERT);
            assertThat(bad.assessment().action()).isEqualTo(Alert.Action.REVIEW);
            assertThat(logOdds(bad)).isCloseTo(logOdds(good) - 6, within(1e-6));
            assertThat(bad.assessment().headline().en()).startsWith("Possible ");
            ScoreContribution last = lastPart(bad);
            assertThat(last.name()).isEqualTo("device-record");
            assertThat(last.text().en())
                    .isEqualTo("this device: 7 of 9 of its last answered alerts were wrong");
            assertThat(last.text().es())
                    .isEqualTo(
                            "este dispositivo: 7 de sus últimas 9 alertas con respuesta fueron erróneas");
        }
    }

    /**
     * Suppressed alerts receive no dispositions, without which the device could never be trusted
     * again.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 40, 80, 100})
    void noRecordMutesWhatTheEvidenceShows(int priority) throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide = start(Backend.HEAP, priority)) {
            decide.second(record(BAD, NOON + 1, new CalibrationOffset(-200, 50, 50)));
            decide.second(
                    record(
                            new CalibrationSubject.Source("daily"),
                            NOON + 1,
                            new CalibrationOffset(-200, 50, 50)));
            Alert bad = alertOf(decide, "BAD", NOON + 2);
            assertThat(bad.assessment().action()).isEqualTo(Alert.Action.REVIEW);
            assertThat(bad.assessment().score()).isLessThan(0.001);
        }
    }

    /** A match that the earlier filters would reject anyway. */
    @Test
    void noRecordShowsWhatTheEvidenceDoesNot() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide = start(Backend.HEAP, 90)) {
            decide.second(record(BAD, NOON + 1, new CalibrationOffset(200, 0, 50)));
            decide.first(found("BAD", NOON + 2, "NKR-48-17"));
            decide.now(NOON + SETTLED);
            assertThat(decide.drain()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPassageIsEvaluatedByWhatHeldWhenItArrived(Backend backend) throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide = start(backend, 90)) {
            decide.second(record(BAD, NOON + 100_000, new CalibrationOffset(-60, 7, 9)));
            decide.second(record(BAD, NOON + 200_000, new CalibrationOffset(-30, 7, 20)));
            decide.restart();

            assertThat(lastPart(alertOf(decide, "BAD", NOON + 99_999)).name())
                    .isNotEqualTo("device-record");
            assertThat(lastPart(alertOf(decide, "BAD", NOON + 1_100_000)).logOdds()).isEqualTo(-3);
        }
    }

    /** The read is old, but the match is known only from now on. */
    @Test
    void aLookIntoThePastIsEvaluatedByWhatHeldWhenTheEntryCame() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(), Backend.HEAP, NOON)) {
            decide.second(record(BAD, NOON + 1_000, new CalibrationOffset(-60, 7, 9)));
            decide.first(started(entry(90), NOON + 2_000));
            Alert past = alertOf(decide, "BAD", NOON + 1);
            assertThat(past.isRetrospective()).isTrue();
            assertThat(lastPart(past).logOdds()).isEqualTo(-6);
        }
    }

    @Test
    void aForgottenRecordSaysNothingAnyMore() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide = start(Backend.HEAP, 90)) {
            decide.second(record(BAD, NOON + 1, new CalibrationOffset(-60, 7, 9)));
            decide.second(record(BAD, NOON + 2, null));
            assertThat(alertOf(decide, "BAD", NOON + 3).assessment().action())
                    .isEqualTo(Alert.Action.ALERT);
        }
    }

    /** The record is the camera's, not that of the tag reader beside it. */
    @Test
    void aTagAloneIsNotTheCamerasFault() throws Exception {
        try (Subtask<EntryEvent, ReferenceUpdate, Alert> decide = start(Backend.HEAP, 90)) {
            decide.second(record(BAD, NOON + 1, new CalibrationOffset(-60, 7, 9)));
            RfidRead tag = new RfidRead("T1", "BAD", null, NOON + 2, "TAG", "NKR4816", null);
            decide.first(
                    new EntryEvent.ReadMatched(
                            "A",
                            NOON,
                            new TagAssignment(
                                    "BAD/T1",
                                    NOON + 2,
                                    NOON + 2,
                                    false,
                                    tag,
                                    null,
                                    0,
                                    1,
                                    RecordPosition.UNKNOWN)));
            decide.now(NOON + SETTLED);
            assertThat(decide.drain())
                    .singleElement()
                    .satisfies(
                            alert ->
                                    assertThat(lastPart(alert).name())
                                            .isNotEqualTo("device-record"));
        }
    }

    private static Subtask<EntryEvent, ReferenceUpdate, Alert> start(Backend backend, int priority)
            throws Exception {
        Subtask<EntryEvent, ReferenceUpdate, Alert> decide =
                Subtask.start(Operators.decide(), backend, NOON);
        for (String device : List.of("BAD", "GOOD")) {
            decide.second(
                    new ReferenceUpdate.DeviceChanged(
                            new DeviceChange(device, arch(device, "TOLUCA"), NOON)));
        }
        decide.first(started(entry(priority), NOON));
        // The watermark has started; only then can it stall.
        decide.watermark(NOON - 1);
        return decide;
    }

    private static EntryEvent started(HotlistEntry entry, long from) {
        return new EntryEvent.VersionStarted(
                new EntryVersion(entry, from, true, RecordPosition.UNKNOWN));
    }

    private static EntryEvent found(String device, long arrival, String plate) {
        return new EntryEvent.ReadMatched(
                "A", NOON, enrichedRead(read(device, "R" + arrival, arrival, plate)));
    }

    private static Alert alertOf(
            Subtask<EntryEvent, ReferenceUpdate, Alert> decide, String device, long arrival)
            throws Exception {
        decide.first(found(device, arrival, PLATE));
        decide.now(decide.now() + SETTLED);
        return decide.drain().stream()
                .filter(alert -> alert.deviceId().equals(device))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static ReferenceUpdate record(
            CalibrationSubject subject, long from, CalibrationOffset offset) {
        return new ReferenceUpdate.CalibrationChanged(
                subject, from, offset, RecordPosition.UNKNOWN);
    }

    private static ScoreContribution lastPart(Alert alert) {
        List<ScoreContribution> parts = alert.evidence().parts();
        return parts.get(parts.size() - 1);
    }

    private static double logOdds(Alert alert) {
        return Math.log(alert.assessment().score() / (1 - alert.assessment().score()));
    }

    private static HotlistEntry entry(int priority) {
        return new HotlistEntry(
                "A",
                PLATE,
                null,
                null,
                null,
                null,
                "STOLEN_VEHICLE",
                "C-A",
                "FGJEM",
                "daily",
                priority,
                null,
                null,
                null,
                Scope.EVERYWHERE,
                MatchMode.FUZZY,
                false,
                List.of());
    }
}
