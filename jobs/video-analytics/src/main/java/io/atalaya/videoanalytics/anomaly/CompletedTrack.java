package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.videoanalytics.track.ObjectClass;

import java.io.IOException;
import java.util.List;

/**
 * A track that has ended.
 *
 * @param identityKey permanent identity: its first track id and the device time of its first
 *     detection
 * @param startedAt device time of the first detection, epoch ms
 * @param trackIds all ids that the tracker gave it, in order of first use
 * @param trajectory ground positions in fractions of the image, by seconds since the first
 *     detection
 * @param lastBox where it was last seen
 * @param position of the message with the frame that completed it
 */
public record CompletedTrack(
        Observation.CameraLocation location,
        long arrivalTime,
        boolean isSuppressed,
        String identityKey,
        long startedAt,
        List<String> trackIds,
        ObjectClass objectClass,
        Trajectory trajectory,
        CameraEvidence.ObjectBox lastBox,
        RecordPosition position)
        implements Observation {

    @Override
    public ModelKind kind() {
        return ModelKind.TRAJECTORY;
    }

    @Override
    public void describe(JsonOut out) throws IOException {
        out.strings("trackIds", trackIds);
        out.number("since", startedAt);
        out.number("until", endsAt());
    }

    /** Device time of the last detection, epoch ms. */
    public long endsAt() {
        return startedAt + Math.round(1000 * trajectory.t()[trajectory.size() - 1]);
    }
}
