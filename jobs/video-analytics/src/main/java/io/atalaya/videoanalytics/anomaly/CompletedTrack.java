package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.videoanalytics.track.ObjectClass;

import java.io.IOException;
import java.util.List;

/**
 * A thing that went through the picture and is gone.
 *
 * @param anchor what names it for ever: its first id and when it was first seen
 * @param since event time of the first sighting, epoch ms
 * @param trackIds all names that the tracker gave it, the first first
 * @param way where it stood on the ground, in fractions of the picture, by seconds since the first
 *     sighting
 * @param position of the message that held the frame that completed it
 */
public record CompletedTrack(
        CameraLocation location,
        long at,
        boolean explained,
        String anchor,
        long since,
        List<String> trackIds,
        ObjectClass thing,
        Trajectory way,
        RecordPosition position)
        implements Observation {

    @Override
    public ModelKind kind() {
        return ModelKind.TRAJECTORY;
    }

    @Override
    public void describe(JsonOut out) throws IOException {
        out.strings("trackIds", trackIds);
        out.number("since", since);
        out.number("until", until());
    }

    /** Event time of the last sighting, epoch ms. */
    public long until() {
        return since + Math.round(1000 * way.t()[way.size() - 1]);
    }
}
