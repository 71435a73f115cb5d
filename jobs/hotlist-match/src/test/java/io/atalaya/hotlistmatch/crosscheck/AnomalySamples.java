package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.AlertSamples;
import io.atalaya.hotlistmatch.event.ReadOrigin;
import io.atalaya.hotlistmatch.event.ReferenceUpdateSamples;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;

/** Samples of the formats of anomalies. */
public final class AnomalySamples {
    private static final Anomaly CLONE =
            new Anomaly(
                    AlertSamples.ofEveryKind().get(1),
                    List.of("NKR4816", "NKR-48-16"),
                    List.of("E2801160"),
                    NOON + 3,
                    new ReadOrigin("ARCO-1", false, new RecordPosition(2, 300)));
    private static final Anomaly MISMATCH =
            new Anomaly(
                    AlertSamples.ofEveryKind().get(2),
                    List.of(),
                    List.of(),
                    NOON,
                    new ReadOrigin("ARCO-2", true, RecordPosition.UNKNOWN));

    private AnomalySamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(AnomalySerializer.INSTANCE, CLONE, MISMATCH),
                SerializerSample.of(
                        AnomalyCaseSerializer.INSTANCE,
                        new AnomalyCase(CLONE, 3, NOON + 3, true, false),
                        new AnomalyCase(CLONE, 3, NOON + 3, false, true),
                        new AnomalyCase(MISMATCH, 0, 0, false, false)),
                SerializerSample.of(
                        CovertHistorySerializer.INSTANCE,
                        new CovertHistory(List.of(ReferenceUpdateSamples.COVERT)),
                        new CovertHistory(List.of())));
    }
}
