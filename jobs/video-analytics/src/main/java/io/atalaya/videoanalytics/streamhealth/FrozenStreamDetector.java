package io.atalaya.videoanalytics.streamhealth;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.episode.Episodes;
import io.atalaya.videoanalytics.track.TrackManager;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Detects repeated frames: new times, but exactly the same boxes. Boxes of a live image jitter
 * unless the camera rounds so coarsely that it often repeats them; the typical length of such
 * repetitions is learned.
 */
public final class FrozenStreamDetector {
    private static final float FADE = 0.9999f;

    private final Settings settings;
    private long signature;
    private long firstTime;
    private FrameRef firstFrame = new FrameRef();
    private long repeats;
    private long longestRun;
    private float typicalRun;

    /**
     * Times in ms of device time.
     *
     * @param minRun minimum duration of a freeze
     * @param repeats minimum number of equal frames
     * @param overTypical factor by which a run must exceed the longest typical one
     * @param doubtful if typical runs reach this length, a repetition proves nothing
     */
    public record Settings(long minRun, long repeats, float overTypical, long doubtful)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(12_000, 8, 3, 3_000);

        /** The same with another minimum duration, ms. */
        public Settings after(long millis) {
            return new Settings(millis, repeats, overTypical, doubtful);
        }
    }

    public FrozenStreamDetector(Settings settings) {
        this.settings = settings;
    }

    /**
     * Processes a frame newer than all before.
     *
     * @return whether it only repeats the last one, so that nothing can be learned from it
     */
    public boolean onFrame(CameraFrame frame, Episodes episodes) {
        int trembling = trembling(frame.objects());
        long now = signature(frame.objects());
        Episode episode = episodes.first(AlertType.CAMERA_FROZEN);
        // After a camera's clock was set back, the duration of the repetition is unknown.
        boolean same = now == signature && trembling > 0 && frame.deviceTime() >= firstTime;
        if (!same) {
            if (episode != null) {
                episodes.end(episode, "the objects move again");
            } else {
                typicalRun = Math.max(typicalRun * FADE, longestRun);
            }
            longestRun = 0;
            signature = now;
            firstTime = frame.deviceTime();
            firstFrame.set(frame.frameId(), frame.deviceTime());
            repeats = 0;
            return false;
        }
        repeats++;
        long run = frame.deviceTime() - firstTime;
        longestRun = run;
        float limit = Math.max(settings.minRun(), settings.overTypical() * typicalRun);
        if (episode == null) {
            if (run >= limit && repeats >= settings.repeats() && episodes.hasRoom()) {
                episode = new Episode(AlertType.CAMERA_FROZEN, firstFrame.toString(), firstTime);
                emit(episode, frame, run, limit);
                episodes.open(episode, frame.deviceTime());
            }
        } else {
            emit(episode, frame, run, limit);
            episodes.update(episode, frame.deviceTime());
        }
        return isProof(episode);
    }

    /** How long the latest frames have shown nothing new, ms of device time. */
    public long frozenMillis(Episodes episodes) {
        return isProof(episodes.first(AlertType.CAMERA_FROZEN)) ? longestRun : 0;
    }

    private boolean isProof(Episode episode) {
        return episode != null || typicalRun < settings.doubtful();
    }

    private static void emit(Episode episode, CameraFrame frame, long run, float limit) {
        episode.measure(run / 1000.0, limit / 1000.0, 0);
        episode.objects(frame.objects().size());
        episode.onObserved(frame.deviceTime());
    }

    /**
     * Number of boxes that would jitter in a live image. An idle object is sent unchanged if at
     * all, so it does not prove a freeze. A box outside the image is excluded as well, because such
     * invalid boxes are mostly constant.
     */
    private static int trembling(List<DetectedObject> objects) {
        int trembling = 0;
        for (int i = 0; i < objects.size(); i++) {
            if (!objects.get(i).isIdle() && TrackManager.isUsable(objects.get(i))) {
                trembling++;
            }
        }
        return trembling;
    }

    private static long signature(List<DetectedObject> objects) {
        long hash = objects.size();
        for (int i = 0; i < objects.size(); i++) {
            DetectedObject object = objects.get(i);
            hash = 31 * hash + object.trackId().hashCode();
            hash = 1_000_003 * hash + Double.doubleToLongBits(object.x());
            hash = 1_000_003 * hash + Double.doubleToLongBits(object.y());
            hash = 1_000_003 * hash + Double.doubleToLongBits(object.width());
            hash = 1_000_003 * hash + Double.doubleToLongBits(object.height());
        }
        return hash;
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(signature);
        out.writeLong(firstTime);
        firstFrame.write(out);
        out.writeLong(repeats);
        out.writeLong(longestRun);
        out.writeFloat(typicalRun);
    }

    public static FrozenStreamDetector read(Settings settings, DataInput in) throws IOException {
        FrozenStreamDetector frozenStream = new FrozenStreamDetector(settings);
        frozenStream.signature = in.readLong();
        frozenStream.firstTime = in.readLong();
        frozenStream.firstFrame = FrameRef.read(in);
        frozenStream.repeats = in.readLong();
        frozenStream.longestRun = in.readLong();
        frozenStream.typicalRun = in.readFloat();
        return frozenStream;
    }
}
