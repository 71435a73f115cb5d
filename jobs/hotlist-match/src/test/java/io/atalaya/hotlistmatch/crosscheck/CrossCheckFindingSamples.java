package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.AlertSamples;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckAlertFunction.CrossCheckAlertState;
import io.atalaya.hotlistmatch.event.ReadOrigin;
import io.atalaya.hotlistmatch.event.ReferenceUpdateSamples;
import io.atalaya.testutils.SerializerSample;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;

/** Samples for the serializers of cross-check findings. */
public final class CrossCheckFindingSamples {
    private static final CrossCheckFinding CLONE =
            new CrossCheckFinding(
                    AlertSamples.ofEveryKind().get(1),
                    List.of("NKR4816", "NKR-48-16"),
                    List.of("E2801160"),
                    NOON + 3,
                    new ReadOrigin("ARCO-1", false, new RecordPosition(2, 300)));
    private static final CrossCheckFinding MISMATCH =
            new CrossCheckFinding(
                    AlertSamples.ofEveryKind().get(2),
                    List.of(),
                    List.of(),
                    NOON,
                    new ReadOrigin("ARCO-2", true, RecordPosition.UNKNOWN));

    private CrossCheckFindingSamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(CrossCheckFinding.class, CLONE, MISMATCH),
                SerializerSample.of(
                        CrossCheckAlertState.class,
                        new CrossCheckAlertState(CLONE, NOON + 3, -7),
                        new CrossCheckAlertState(MISMATCH, 0, null)),
                SerializerSample.of(
                        CovertHistory.class,
                        new CovertHistory(List.of(ReferenceUpdateSamples.COVERT)),
                        new CovertHistory(List.of())));
    }

    /** What a finding says: everything but when, and by which read. */
    public static String contents(CrossCheckFinding finding) {
        Alert alert = finding.derivedAlert();
        return new String(AlertCodec.write(alert.as(alert.status(), 1)), StandardCharsets.UTF_8)
                + finding.plates()
                + finding.tags()
                + finding.arrivalTime();
    }
}
