package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.LastRevisions;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.event.CovertVersion;
import io.atalaya.hotlistmatch.event.ReadOrigin;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

class CrossCheckFindingOperatorTest {
    private static final long SETTLED = 1_500;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final ReferenceUpdate PLACE =
            new ReferenceUpdate.DeviceChanged(
                    new DeviceChange("ARCO-1", TestRecords.arch("ARCO-1", "TOLUCA"), NOON - DAY));

    @ParameterizedTest
    @EnumSource
    void livesThroughARestore(Backend backend) throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(backend)) {
            step.second(PLACE);
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON + 1));
            step.restart();
            step.now(NOON + SETTLED);
            assertThat(step.drain())
                    .extracting(CrossCheckFindingOperatorTest::summary)
                    .containsExactly("1 NEW TOLUCA 19.25");
            step.restart();
            step.first(crossCheckFinding(2, Alert.Status.UPDATED, NOON + 2_000));
            step.now(NOON + 3 * SETTLED);
            assertThat(step.drain())
                    .extracting(CrossCheckFindingOperatorTest::summary)
                    .containsExactly("2000 UPDATED TOLUCA 19.25");
            step.first(crossCheckFinding(3, Alert.Status.CANCELLED, NOON + 5_000));
            step.restart();
            step.now(NOON + 5 * SETTLED);
            assertThat(step.drain())
                    .extracting(CrossCheckFindingOperatorTest::summary)
                    .containsExactly("5000 CANCELLED TOLUCA 19.25");
        }
    }

    /** The message about what was found in between is unknown to the recovered job. */
    @Test
    void theSameContentsAreSentAgainIfTheirFindingComesAfterARecovery() throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            step.second(PLACE);
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + SETTLED);
            step.drain();
            step.restart();
            step.now(NOON + 2 * SETTLED);
            assertThat(step.drain()).isEmpty();
            step.first(crossCheckFinding(3, Alert.Status.NEW, NOON));
            step.now(NOON + 4 * SETTLED);
            assertThat(step.drain())
                    .extracting(CrossCheckFindingOperatorTest::summary)
                    .containsExactly(SETTLED + 1 + " UPDATED TOLUCA 19.25");
            step.first(crossCheckFinding(4, Alert.Status.NEW, NOON));
            step.now(NOON + 6 * SETTLED);
            assertThat(step.drain()).isEmpty();
        }
    }

    @Test
    void revisionsAreAboveThoseThatARecoveryDoesNotKnow() throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            step.second(PLACE);
            step.now(NOON + 7_000);
            step.restart();
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + 7_000 + SETTLED);
            assertThat(step.drain())
                    .extracting(CrossCheckFindingOperatorTest::summary)
                    .containsExactly("7001 NEW TOLUCA 19.25");
        }
    }

    /** By arrival times alone, the last update before the failure would be above it. */
    @Test
    void aConsumerKeepsTheCancellationThatFollowsARecovery() throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + SETTLED);
            List<Alert> sent = new ArrayList<>(step.drain());
            step.restartFromBefore(
                    () -> {
                        step.second(PLACE);
                        step.second(covertSince("E1", NOON - HOUR));
                        step.now(NOON + 2 * SETTLED);
                        sent.addAll(step.drain());
                    });
            assertThat(sent)
                    .extracting(CrossCheckFindingOperatorTest::summary)
                    .containsExactly(
                            "0 NEW null null", "1 UPDATED TOLUCA 19.25", "2 UPDATED TOLUCA 19.25");
            step.first(crossCheckFinding(2, Alert.Status.CANCELLED, NOON));
            step.second(PLACE);
            step.second(covertSince("E1", NOON - HOUR));
            step.now(NOON + 4 * SETTLED);
            sent.addAll(step.drain());
            assertThat(LastRevisions.of(sent).last().values())
                    .extracting(Alert::status)
                    .containsExactly(Alert.Status.CANCELLED);
        }
    }

    @Test
    void aFindingRetractedBeforeItsEmissionEndsAlike() throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.first(crossCheckFinding(2, Alert.Status.CANCELLED, NOON));
            step.now(NOON + SETTLED);
            assertThat(step.drain())
                    .extracting(CrossCheckFindingOperatorTest::summary)
                    .containsExactly("0 CANCELLED null null");
        }
    }

    @Test
    void aDeviceThatIsRegisteredLaterPlacesIt() throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + SETTLED);
            step.second(PLACE);
            step.now(NOON + 10_000);
            assertThat(step.drain())
                    .extracting(CrossCheckFindingOperatorTest::summary)
                    .containsExactly("0 NEW null null", "1 UPDATED TOLUCA 19.25");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NKR4816,,, plate",
        "NKR-48-16,,, plate",
        "NKR4BI6,,, look-alikes",
        ",N?R48*,, pattern",
        ",,e2801160, tag",
    })
    void isKeptFromOthersWhereItTouchesACovertEntrysVehicle(
            String plate, String pattern, String tagId, String how) throws Exception {
        HotlistEntry entry = covert("E1", plate, pattern, tagId);
        for (boolean entryFirst : new boolean[] {true, false}) {
            try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
                ReferenceUpdate covert =
                        new ReferenceUpdate.CovertEntryChanged(
                                new CovertVersion(
                                        entry,
                                        NOON - HOUR,
                                        CovertVersion.IN_FORCE,
                                        RecordPosition.UNKNOWN));
                if (entryFirst) {
                    step.second(covert);
                }
                step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
                step.now(NOON + SETTLED);
                if (!entryFirst) {
                    step.second(covert);
                    step.now(NOON + 2 * SETTLED);
                }
                List<Alert> alerts = step.drain();
                Alert last = alerts.get(alerts.size() - 1);
                assertThat(last.disclosure().isCovert()).as(how).isTrue();
                assertThat(last.disclosure().notified()).containsExactly("unit-E1");
                assertThat(last.revision()).isEqualTo(entryFirst ? NOON : NOON + 1);
                assertThat(last.status())
                        .isEqualTo(entryFirst ? Alert.Status.NEW : Alert.Status.UPDATED);
            }
        }
    }

    @Test
    void everybodyWhoMustKnowIsNamed() throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            for (String id : List.of("E2", "E1", "E3")) {
                step.second(covertSince(id, NOON - HOUR));
            }
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + SETTLED);
            assertThat(step.drain().get(0).disclosure().notified())
                    .containsExactly("unit-E1", "unit-E2", "unit-E3");
        }
    }

    @Test
    void entriesThatChangeTogetherAreOneUpdate() throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + SETTLED);
            for (String id : List.of("E2", "E1", "E3")) {
                step.second(covertSince(id, NOON - HOUR));
            }
            step.now(NOON + 2 * SETTLED);
            step.second(covertSince("E4", NOON - HOUR));
            // Before the barrier, because the list is not read again.
            step.checkpoint();
            assertThat(step.drain())
                    .extracting(alert -> alert.disclosure().notified().size())
                    .containsExactly(0, 3, 4);
        }
    }

    private static ReferenceUpdate covertSince(String entryId, long from) {
        return new ReferenceUpdate.CovertEntryChanged(
                new CovertVersion(
                        covert(entryId, "NKR4816", null, null),
                        from,
                        CovertVersion.IN_FORCE,
                        RecordPosition.UNKNOWN));
    }

    /** A tag was wrongly assigned to the vehicle. The last revision must no longer be covert. */
    @Test
    void emitsAFindingThatNoLongerConcernsACovertEntry() throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            step.second(
                    new ReferenceUpdate.CovertEntryChanged(
                            new CovertVersion(
                                    covert("E1", null, null, "E2801160"),
                                    NOON - HOUR,
                                    CovertVersion.IN_FORCE,
                                    RecordPosition.UNKNOWN)));
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + SETTLED);
            CrossCheckFinding next = crossCheckFinding(2, Alert.Status.NEW, NOON);
            step.first(
                    new CrossCheckFinding(
                            next.derivedAlert(),
                            next.plates(),
                            List.of(),
                            next.arrivalTime(),
                            next.read()));
            step.restart();
            step.now(NOON + 2 * SETTLED);
            step.first(
                    new CrossCheckFinding(
                            next.derivedAlert(),
                            next.plates(),
                            List.of(),
                            next.arrivalTime(),
                            next.read()));
            step.now(NOON + 20_000);

            assertThat(step.drain())
                    .extracting(alert -> alert.disclosure().isCovert())
                    .containsExactly(false);
        }
    }

    @Test
    void onlyWhatWasInForceThenOrCameWhileItWasOpenCounts() throws Exception {
        assertThat(isCovert(NOON - HOUR, NOON - 1)).isFalse();
        assertThat(isCovert(NOON - HOUR, NOON)).isFalse();
        assertThat(isCovert(NOON - HOUR, NOON + 1)).isTrue();
        assertThat(isCovert(NOON + DAY, CovertVersion.IN_FORCE)).isTrue();
        assertThat(isCovert(NOON + DAY + 1, CovertVersion.IN_FORCE)).isFalse();
    }

    private static boolean isCovert(long from, long to) throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            HotlistEntry entry = covert("E1", "NKR4816", null, null);
            step.second(
                    new ReferenceUpdate.CovertEntryChanged(
                            new CovertVersion(
                                    entry, from, CovertVersion.IN_FORCE, RecordPosition.UNKNOWN)));
            if (to != CovertVersion.IN_FORCE) {
                step.second(
                        new ReferenceUpdate.CovertEntryChanged(
                                new CovertVersion(entry, from, to, RecordPosition.UNKNOWN)));
            }
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + SETTLED);
            return step.drain().get(0).disclosure().isCovert();
        }
    }

    @Test
    void nothingIsLeftAfterADayAndSome() throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + SETTLED);
            step.now(NOON + 20_000);
            step.watermark(NOON + DAY);
            assertThat(step.keyedStateEntries()).isEqualTo(1);
            step.watermark(NOON + DAY + 3 * HOUR);
            assertThat(step.keyedStateEntries()).isZero();
            assertThat(step.keyedTimers()).isZero();
        }
    }

    /** A detector may still retract its oldest findings when their own keep time is over. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, HOUR})
    void theRevisionRisesAlsoWhereTheCaseMayBeForgotten(long more) throws Exception {
        try (Subtask<CrossCheckFinding, ReferenceUpdate, Alert> step = start(Backend.HEAP)) {
            step.first(crossCheckFinding(1, Alert.Status.NEW, NOON));
            step.now(NOON + SETTLED);
            step.first(crossCheckFinding(2, Alert.Status.UPDATED, NOON));
            step.now(NOON + 2 * SETTLED);
            step.watermark(NOON + CrossCheckFinding.KEEP_MS + more);
            step.first(crossCheckFinding(3, Alert.Status.CANCELLED, NOON - HOUR));
            step.now(NOON + 3 * SETTLED);
            assertThat(step.drain())
                    .extracting(CrossCheckFindingOperatorTest::summary)
                    .containsExactly(
                            "0 NEW null null",
                            "1 UPDATED null null",
                            Math.max(more, 1) + 1 + " CANCELLED null null");
            step.watermark(NOON + CrossCheckFinding.KEEP_MS + 2 * HOUR);
            assertThat(step.keyedStateEntries()).isZero();
        }
    }

    private static Subtask<CrossCheckFinding, ReferenceUpdate, Alert> start(Backend backend)
            throws Exception {
        return Subtask.start(Operators.crossCheckFinding(), backend, NOON);
    }

    private static String summary(Alert alert) {
        return alert.revision()
                - NOON
                + " "
                + alert.status()
                + " "
                + alert.place().site()
                + " "
                + alert.place().device().latitude();
    }

    private static CrossCheckFinding crossCheckFinding(int revision, Alert.Status status, long at) {
        return new CrossCheckFinding(
                new Alert(
                        new Alert.Identity("a1", AlertType.CLONED_PLATE),
                        new Alert.Emission(revision, at, 0),
                        new Alert.Lifecycle(status, NOON - 500, NOON - 500, null),
                        Alert.Place.of("ARCO-1", null),
                        new Alert.Subject("NKR4816", null, List.of()),
                        new Alert.Assessment(
                                Alert.Action.ALERT,
                                0.9,
                                70,
                                new Text.Translation("Placa clonada", "Cloned plate")),
                        new CloneEvidence(List.of("R1", "R2"), List.of(), List.of(), 1, List.of()),
                        null,
                        Alert.Disclosure.EVERYONE),
                List.of("NKR4816"),
                List.of("E2801160"),
                NOON,
                new ReadOrigin("ARCO-1", false, RecordPosition.UNKNOWN));
    }

    static HotlistEntry covert(String id, String plate, String pattern, String tagId) {
        return new HotlistEntry(
                id,
                plate,
                pattern,
                tagId,
                null,
                null,
                "KIDNAPPING",
                "C-" + id,
                "FGJEM",
                null,
                90,
                null,
                null,
                null,
                Scope.EVERYWHERE,
                MatchMode.FUZZY,
                true,
                List.of("unit-" + id));
    }
}
