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
 * Whether what a camera sends can be worked with at all: its time goes forward, its boxes are in
 * the picture, an id means one thing from one frame to the next. If not, one alert about the stream
 * stands for all the nonsense that would follow.
 */
public final class StreamConsistencyChecker {
    private final Settings settings;
    private float backwards;
    private float outside;
    private float recycled;
    private long firstBadTime;

    /**
     * @param frames over which the shares are taken
     * @param boxes over which the shares of boxes are taken
     * @param backwards share of frames that may lie in the past
     * @param outside share of boxes that may lie outside of the picture
     * @param recycled share of ids that may jump
     * @param calm how long all shares must stay below half of that before it is over, ms on the
     *     live clock: a share that scatters about its limit is one fault and not one after the
     *     other
     */
    public record Settings(
            float frames, float boxes, float backwards, float outside, float recycled, long calm)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(50, 100, 0.3f, 0.6f, 0.3f, 60_000);
    }

    public StreamConsistencyChecker(Settings settings) {
        this.settings = settings;
    }

    /** A frame came whose time is past by more than links reorder or repeat, or not. */
    public void onFrame(boolean isPast) {
        backwards += ((isPast ? 1 : 0) - backwards) / settings.frames();
    }

    /** Boxes came. */
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
     * Ids came again; so many of them for another thing. While that is told a single one that means
     * the same proves nothing: where all things have one id, whoever is alone keeps it.
     */
    public void onIds(int same, int others, Episodes episodes) {
        boolean emitted = episodes.first(AlertType.STREAM_INCONSISTENT) != null;
        for (int i = emitted && same == 1 ? 1 : 0; i < same; i++) {
            recycled -= recycled / settings.boxes();
        }
        for (int i = 0; i < others; i++) {
            recycled += (1 - recycled) / settings.boxes();
        }
    }

    /**
     * Opens, keeps or ends the alert.
     *
     * @param time of the frame, event time, epoch ms
     * @param live the live clock, ms
     * @return whether the stream can be worked with
     */
    public boolean judge(long time, long live, Episodes episodes) {
        double worst =
                Math.max(
                        backwards / settings.backwards(),
                        Math.max(outside / settings.outside(), recycled / settings.recycled()));
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
        if (episode.calm(live) < settings.calm()) {
            return false;
        }
        episodes.end(episode);
        // Should it come back, that is another one since then.
        firstBadTime = 0;
        return true;
    }

    /** Value is which of the three it is: 1 time, 2 boxes, 3 ids; more is its share. */
    private void emit(Episode episode, long time) {
        double share = backwards;
        int what = 1;
        double limit = settings.backwards();
        if (outside / settings.outside() > share / limit) {
            share = outside;
            what = 2;
            limit = settings.outside();
        }
        if (recycled / settings.recycled() > share / limit) {
            share = recycled;
            what = 3;
            limit = settings.recycled();
        }
        episode.measure(share, limit, what);
        episode.seen(time);
    }

    public void write(DataOutput out) throws IOException {
        out.writeFloat(backwards);
        out.writeFloat(outside);
        out.writeFloat(recycled);
        out.writeLong(firstBadTime);
    }

    public static StreamConsistencyChecker read(Settings settings, DataInput in)
            throws IOException {
        StreamConsistencyChecker sanity = new StreamConsistencyChecker(settings);
        sanity.backwards = in.readFloat();
        sanity.outside = in.readFloat();
        sanity.recycled = in.readFloat();
        sanity.firstBadTime = in.readLong();
        return sanity;
    }
}
