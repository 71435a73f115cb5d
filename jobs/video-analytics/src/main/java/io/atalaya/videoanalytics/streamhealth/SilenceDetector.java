package io.atalaya.videoanalytics.streamhealth;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.episode.Episodes;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * A camera of which nothing arrives for longer than its link is wont to pause. All times are
 * arrival: a camera's own clock says nothing of silence.
 */
public final class SilenceDetector {
    /** No timer is wanted. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final double FADE_MILLIS = 24 * 3_600_000;
    private static final int STEADY_PAUSE = 2;

    private final Settings settings;
    private long firstArrival = -1;
    private long lastArrival;
    private FrameRef lastFrame = new FrameRef();
    private long frames;
    private float longestPause;
    private double watched;
    private double paused;

    /**
     * Times in ms.
     *
     * @param leastPause below which nothing is called silence
     * @param mostPause above which everything is, unless the camera is an intermittent one
     * @param overUsual by what factor a pause must exceed the longest usual one
     * @param intermittent share of the time in pauses that makes a camera an intermittent one
     * @param overIntermittent the factor for such a camera
     * @param warmUp until pauses are known
     * @param frames that must have come until then
     * @param unseen after which what went on in view is over: nobody sees it any more
     */
    public record Settings(
            long leastPause,
            long mostPause,
            float overUsual,
            float intermittent,
            float overIntermittent,
            long warmUp,
            long frames,
            long unseen)
            implements Serializable {
        public static final Settings DEFAULT =
                new Settings(18_000, 15 * 60_000, 2, 0.2f, 6, 10 * 60_000, 100, 15 * 60_000);

        /** The same, but nothing must come for so long, ms. */
        public Settings after(long millis) {
            return new Settings(
                    millis,
                    mostPause,
                    overUsual,
                    intermittent,
                    overIntermittent,
                    warmUp,
                    frames,
                    unseen);
        }
    }

    public SilenceDetector(Settings settings) {
        this.settings = settings;
    }

    /** A frame arrived, of whatever content. */
    public void onFrame(long arrival, long time, Long frameId, Episodes episodes) {
        Episode episode = episodes.first(AlertType.CAMERA_SILENT);
        if (firstArrival < 0) {
            firstArrival = arrival;
        } else if (arrival > lastArrival) {
            long pause = arrival - lastArrival;
            double keep = Math.exp(-pause / FADE_MILLIS);
            if (episode != null) {
                // An outage is no habit; only if they go on and on the camera is one that pauses.
                longestPause = Math.min(longestPause * 1.15f, Math.max(longestPause, pause));
            } else {
                watched = keep * watched + pause;
                paused = keep * paused + (pause >= settings.leastPause() / 2 ? pause : 0);
                longestPause = (float) Math.max(keep * longestPause, pause);
            }
        }
        // What was on its way before the pause ends nothing.
        if (episode != null && arrival > lastArrival) {
            double silent = (arrival - lastArrival) / 1000.0;
            episode.measure(silent, episode.limit(), episode.more());
            episode.seen(arrival);
            if (silent < episode.limit()) {
                // The frame was there in time and was only read late: the camera was never silent.
                episodes.cancel(episode);
            } else {
                episodes.end(episode);
            }
        }
        lastArrival = Math.max(lastArrival, arrival);
        lastFrame.set(frameId, time);
        frames++;
    }

    /** Frames have come until then of which this state knows nothing: none of it was a pause. */
    public void resume(long arrival) {
        if (arrival <= lastArrival()) {
            return;
        }
        if (frames == 0) {
            firstArrival = arrival;
            frames = 1;
        }
        lastArrival = arrival;
    }

    /** When to look at the clock again if nothing comes, arrival ms, or {@link #NEVER}. */
    public long timer(Episodes episodes) {
        long silent =
                isKnown() && episodes.first(AlertType.CAMERA_SILENT) == null
                        ? lastArrival + pause()
                        : NEVER;
        return episodes.isAnyAboutScene()
                ? Math.min(silent, lastArrival + settings.unseen())
                : silent;
    }

    private boolean isKnown() {
        return frames >= settings.frames() && lastArrival - firstArrival >= settings.warmUp();
    }

    /** Whether its pauses are known and short: others that send so tell of a common cause. */
    public boolean isSteady() {
        return isKnown() && pause() <= STEADY_PAUSE * settings.leastPause();
    }

    /** When the last frame arrived, or -1. */
    public long lastArrival() {
        return frames == 0 ? -1 : lastArrival;
    }

    /** Some cameras send only while something is to be seen: their silence is everyday life. */
    private boolean isIntermittent() {
        return paused > settings.intermittent() * watched;
    }

    private long pause() {
        if (isIntermittent()) {
            return (long)
                    Math.max(settings.mostPause(), settings.overIntermittent() * longestPause);
        }
        long usual = (long) (settings.overUsual() * longestPause);
        return Math.min(settings.mostPause(), Math.max(settings.leastPause(), usual));
    }

    /** The arrival clock has come to that time. */
    public void onTime(long arrival, Episodes episodes) {
        if (episodes.isAnyAboutScene() && arrival >= lastArrival + settings.unseen()) {
            episodes.endAllAboutScene();
        }
        if (arrival >= timer(episodes)) {
            // A source may repeat a frame's number and time, but no two silences begin at one
            // arrival: the alert of a later one must not take up the id of one that has ended.
            Episode episode =
                    new Episode(
                            AlertType.CAMERA_SILENT, lastFrame + "@" + lastArrival, lastArrival);
            episode.measure(
                    (arrival - lastArrival) / 1000.0, pause() / 1000.0, longestPause / 1000.0);
            episode.seen(arrival);
            episodes.open(episode, arrival);
        }
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(firstArrival);
        out.writeLong(lastArrival);
        lastFrame.write(out);
        out.writeLong(frames);
        out.writeFloat(longestPause);
        out.writeDouble(watched);
        out.writeDouble(paused);
    }

    public static SilenceDetector read(Settings settings, DataInput in) throws IOException {
        SilenceDetector silence = new SilenceDetector(settings);
        silence.firstArrival = in.readLong();
        silence.lastArrival = in.readLong();
        silence.lastFrame = FrameRef.read(in);
        silence.frames = in.readLong();
        silence.longestPause = in.readFloat();
        silence.watched = in.readDouble();
        silence.paused = in.readDouble();
        return silence;
    }
}
