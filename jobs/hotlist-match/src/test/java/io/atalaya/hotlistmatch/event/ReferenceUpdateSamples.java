package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.calibration.CalibrationSamples;
import io.atalaya.hotlistmatch.score.ScoreSamples;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;

/** Samples for the serializers of reference updates. */
public final class ReferenceUpdateSamples {
    public static final CovertVersion COVERT =
            new CovertVersion(SharedSamples.FULL_ENTRY, NOON, NOON + 1, new RecordPosition(2, 300));
    private static final CovertVersion IN_FORCE =
            new CovertVersion(
                    SharedSamples.FULL_ENTRY, NOON, CovertVersion.IN_FORCE, RecordPosition.UNKNOWN);

    private ReferenceUpdateSamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(CovertVersion.class, COVERT, IN_FORCE),
                SerializerSample.of(
                        ReferenceUpdate.class,
                        new ReferenceUpdate.HotlistChanged(new ListDelta.RebuildFinished(7)),
                        new ReferenceUpdate.HotlistChanged(
                                new ListDelta.Added(
                                        8,
                                        ScoreSamples.TAGGED,
                                        NOON,
                                        true,
                                        new RecordPosition(2, 300))),
                        new ReferenceUpdate.DeviceChanged(
                                new DeviceChange("B-1", null, NOON, new RecordPosition(0, 4))),
                        new ReferenceUpdate.CovertEntryChanged(COVERT),
                        CalibrationSamples.CHANGE,
                        CalibrationSamples.EVICTION));
    }
}
