package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.hotlistmatch.readhistory.ReadHistoryOperator;
import io.atalaya.testutils.Backend;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the detector inside the read history operator, on serialized state. */
class PlateTagMismatchDetectorOperatorTest {
    private static final String PASSAGE = "A/R1";
    private static final long PLATE = CanonicalPlate.pack("NKD8224");

    /** The stored events are not the objects that were processed. */
    @ParameterizedTest
    @EnumSource
    void findsTakesBackAndFindsAgainAlsoThroughARestore(Backend backend) throws Exception {
        Scenario<RoutedEvent, ReferenceUpdate, EntryEvent> scenario =
                new Scenario<>(
                        Operators.readHistory(),
                        NOON,
                        enrichedReads -> enrichedReads.drain(ReadHistoryOperator.MISMATCHES));
        scenario.first(text(read()))
                .first(text(assignment(1)))
                .first(
                        text(
                                new Retraction(
                                        "A",
                                        PASSAGE,
                                        assignment(1).readKey(),
                                        NOON + 2_500,
                                        true,
                                        2,
                                        RecordPosition.UNKNOWN)))
                .first(text(assignment(3)))
                .first(
                        text(
                                new Retraction(
                                        "A",
                                        PASSAGE,
                                        read().readKey(),
                                        NOON + 9_000,
                                        false,
                                        0,
                                        RecordPosition.UNKNOWN)))
                // A repeated retraction that changes nothing.
                .first(
                        text(
                                new Retraction(
                                        "A",
                                        PASSAGE,
                                        assignment(3).readKey(),
                                        NOON + 9_000,
                                        true,
                                        4,
                                        RecordPosition.UNKNOWN)));

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly)
                .extracting(each -> summary((CrossCheckFinding) each))
                .containsExactly("2500 NEW", "2501 CANCELLED", "2500 NEW", "9000 CANCELLED");
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    private static String summary(CrossCheckFinding mismatch) {
        Alert derivedAlert = mismatch.derivedAlert();
        return derivedAlert.revision() - NOON + " " + derivedAlert.status();
    }

    private static RoutedEvent text(PassageEvent event) {
        return new RoutedEvent.ByPlate(CanonicalPlate.fold(PLATE), PLATE, event);
    }

    private static EnrichedRead read() {
        return new EnrichedRead(
                PASSAGE,
                NOON,
                false,
                TestRecords.read(
                        "A", 1, "R1", NOON, "NKD8224", 0.95, List.of(), "MX", null, null, false));
    }

    private static TagAssignment assignment(int emitted) {
        return new TagAssignment(
                PASSAGE,
                NOON,
                NOON + 2_500,
                false,
                new RfidRead("T1", "A", 1, NOON, "TAG1", "LUZ0155", null),
                "R1",
                PLATE,
                emitted,
                RecordPosition.UNKNOWN);
    }
}
