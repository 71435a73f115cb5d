package io.atalaya.videoanalytics.streamhealth;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.episode.Episodes;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * Detects that frames of a camera stop arriving for longer than its link typically pauses. All
 * times are arrival times, because a camera's own clock gives no evidence of silence.
 */
public final class SilenceDetector {
    /** No timer is needed. */
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
     * @param minPause minimum silence
     * @param maxPause pause from which silence is certain, unless the camera is intermittent
     * @param overTypical factor by which a pause must exceed the longest typical one
     * @param intermittent share of the time in pauses from which a camera is intermittent
     * @param overIntermittent the factor for an intermittent camera
     * @param warmUp time until the pauses of a camera are known
     * @param frames minimum number of frames until the pauses are known
     * @param unseen time without frames after which the episodes in view end
     */
    public record Settings(
            long minPause,
            long maxPause,
            float overTypical,
            float intermittent,
            float overIntermittent,
            long warmUp,
            long frames,
            long unseen)
            implements Serializable {
        public static final Settings DEFAULT =
                new Settings(18_000, 15 * 60_000, 2, 0.2f, 6, 10 * 60_000, 100, 15 * 60_000);

        /** The same with another minimum silence, ms. */
        public Settings after(long millis) {
            return new Settings(
                    millis,
                    maxPause,
                    overTypical,
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

    /** Notes the arrival of a frame with any content. */
    public void onFrame(long arrival, long time, Long frameId, Episodes episodes) {
        Episode episode = episodes.first(AlertType.CAMERA_SILENT);
        if (firstArrival < 0) {
            firstArrival = arrival;
        } else if (arrival > lastArrival) {
            long pause = arrival - lastArrival;
            double keep = Math.exp(-pause / FADE_MILLIS);
            if (episode != null) {
                // One silence raises the typical pause by at most 15 %, so only a camera that is
                // silent again and again counts as one that pauses.
                longestPause = Math.min(longestPause * 1.15f, Math.max(longestPause, pause));
            } else if (!isKnown() && watched < settings.warmUp() && pause > settings.maxPause()) {
                // Before the camera went into service a few frames may have been sent as a test.
                firstArrival = arrival;
                frames = 0;
            } else {
                watched = keep * watched + pause;
                paused = keep * paused + (pause >= settings.minPause() / 2 ? pause : 0);
                longestPause = (float) Math.max(keep * longestPause, pause);
            }
        }
        // A frame from before the pause does not end it.
        if (episode != null && arrival > lastArrival) {
            double silent = (arrival - lastArrival) / 1000.0;
            episode.measure(silent, episode.limit(), episode.more());
            episode.onObserved(arrival);
            if (silent < episode.limit()) {
                // The frame arrived in time and was only read late, so the camera was never silent.
                episodes.cancel(episode, "the frame arrived in time and was read late");
            } else {
                episodes.end(episode, "frames arrive again");
            }
        }
        lastArrival = Math.max(lastArrival, arrival);
        lastFrame.set(frameId, time);
        frames++;
    }

    /**
     * Notes that frames arrived until this time whose content this state lacks, so there was no
     * pause.
     */
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

    /**
     * Watermark at which {@link #onTime} is due if no frame arrives, epoch ms, or {@link #NEVER}.
     */
    public long timerAt(Episodes episodes) {
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

    /**
     * Whether its pauses are known and short. Then simultaneous pauses of several cameras have a
     * common cause.
     */
    public boolean isSteady() {
        return isKnown() && pause() <= STEADY_PAUSE * settings.minPause();
    }

    /** Arrival time of the last frame, epoch ms, or -1. */
    public long lastArrival() {
        return frames == 0 ? -1 : lastArrival;
    }

    /** Whether the camera sends only while objects are in view, so that silence is typical. */
    private boolean isIntermittent() {
        return paused > settings.intermittent() * watched;
    }

    private long pause() {
        if (isIntermittent()) {
            return (long) Math.max(settings.maxPause(), settings.overIntermittent() * longestPause);
        }
        long typical = (long) (settings.overTypical() * longestPause);
        return Math.min(settings.maxPause(), Math.max(settings.minPause(), typical));
    }

    /** Advances to this watermark. */
    public void onTime(long arrival, Episodes episodes) {
        if (episodes.isAnyAboutScene() && arrival >= lastArrival + settings.unseen()) {
            episodes.endAllAboutScene("no frames arrive");
        }
        if (arrival >= timerAt(episodes)) {
            // A source may repeat a frame's number and time, but two silences never begin at the
            // same arrival time. So a later alert does not reuse the id of an ended one.
            Episode episode =
                    new Episode(
                            AlertType.CAMERA_SILENT, lastFrame + "@" + lastArrival, lastArrival);
            episode.measure(
                    (arrival - lastArrival) / 1000.0, pause() / 1000.0, longestPause / 1000.0);
            episode.onObserved(arrival);
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
