package io.atalaya.videoanalytics.streamhealth;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.episode.Episodes;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Checks that a camera's data are usable: its time advances, its boxes are in the image, and an id
 * means the same object from frame to frame. If not, one alert about the stream replaces all false
 * alerts that would follow.
 */
public final class StreamConsistencyChecker {
    private final Settings settings;
    private float backwards;
    private float outside;
    private float reusedIds;
    private long firstBadTime;

    /**
     * @param frames number of frames over which shares of frames are averaged
     * @param boxes number of boxes over which shares of boxes are averaged
     * @param backwards maximum share of frames in the past
     * @param outside maximum share of boxes outside the image
     * @param reusedIds maximum share of ids that switch to another object
     * @param quietMillis time for which all shares must stay below half of their limit before the
     *     episode ends, ms of observed time, because a share that varies around its limit is one
     *     fault
     */
    public record Settings(
            float frames,
            float boxes,
            float backwards,
            float outside,
            float reusedIds,
            long quietMillis)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(50, 100, 0.3f, 0.6f, 0.3f, 60_000);
    }

    public StreamConsistencyChecker(Settings settings) {
        this.settings = settings;
    }

    /**
     * Counts a frame.
     *
     * @param isPast whether its time lies further back than networks reorder or repeat
     */
    public void onFrame(boolean isPast) {
        backwards += ((isPast ? 1 : 0) - backwards) / settings.frames();
    }

    /** Counts the boxes that lie outside the image. */
    public void onBoxes(List<DetectedObject> objects) {
        for (int i = 0; i < objects.size(); i++) {
            DetectedObject object = objects.get(i);
            boolean isOutside =
                    object.x() >= 1
                            || object.y() >= 1
                            || object.x() + object.width() <= 0
                            || object.y() + object.height() <= 0
                            || object.width() > 1.05
                            || object.height() > 1.05;
            outside += ((isOutside ? 1 : 0) - outside) / settings.boxes();
        }
    }

    /**
     * Counts ids that continued the same object and ids that switched to another one. During an
     * open alert, one continued id per frame is ignored: if all objects have the same id, one of
     * them always keeps it.
     */
    public void onIds(int same, int others, Episodes episodes) {
        boolean emitted = episodes.first(AlertType.STREAM_INCONSISTENT) != null;
        for (int i = emitted && same == 1 ? 1 : 0; i < same; i++) {
            reusedIds -= reusedIds / settings.boxes();
        }
        for (int i = 0; i < others; i++) {
            reusedIds += (1 - reusedIds) / settings.boxes();
        }
    }

    /**
     * Opens, updates or ends the alert.
     *
     * @param time device time of the frame, epoch ms
     * @param live observed time, ms
     * @return whether the stream is usable
     */
    public boolean check(long time, long live, Episodes episodes) {
        double worst =
                Math.max(
                        backwards / settings.backwards(),
                        Math.max(outside / settings.outside(), reusedIds / settings.reusedIds()));
        Episode episode = episodes.first(AlertType.STREAM_INCONSISTENT);
        if (worst < 0.3) {
            firstBadTime = 0;
        } else if (firstBadTime == 0) {
            firstBadTime = time;
        }
        if (episode == null) {
            if (worst >= 1 && episodes.hasRoom()) {
                episode =
                        new Episode(
                                AlertType.STREAM_INCONSISTENT, "@" + firstBadTime, firstBadTime);
                emit(episode, time);
                episodes.open(episode, time);
                return false;
            }
            return worst < 1;
        }
        if (worst >= 0.5) {
            emit(episode, time);
            episodes.update(episode, time);
            return false;
        }
        if (episode.quietMillis(live) < settings.quietMillis()) {
            return false;
        }
        episodes.end(episode, "the stream is consistent again");
        // A later fault is a new episode with its own start.
        firstBadTime = 0;
        return true;
    }

    /**
     * The value is the share of the worst fault; the second number is its kind: 1 time, 2 boxes, 3
     * ids.
     */
    private void emit(Episode episode, long time) {
        double share = backwards;
        int what = 1;
        double limit = settings.backwards();
        if (outside / settings.outside() > share / limit) {
            share = outside;
            what = 2;
            limit = settings.outside();
        }
        if (reusedIds / settings.reusedIds() > share / limit) {
            share = reusedIds;
            what = 3;
            limit = settings.reusedIds();
        }
        episode.measure(share, limit, what);
        episode.onObserved(time);
    }

    public void write(DataOutput out) throws IOException {
        out.writeFloat(backwards);
        out.writeFloat(outside);
        out.writeFloat(reusedIds);
        out.writeLong(firstBadTime);
    }

    public static StreamConsistencyChecker read(Settings settings, DataInput in)
            throws IOException {
        StreamConsistencyChecker consistency = new StreamConsistencyChecker(settings);
        consistency.backwards = in.readFloat();
        consistency.outside = in.readFloat();
        consistency.reusedIds = in.readFloat();
        consistency.firstBadTime = in.readLong();
        return consistency;
    }
}
