package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackDetectorState;

import java.io.Serializable;
import java.util.List;

/** Detects a vehicle that moves, cell after cell, against the direction of all others. */
public final class WrongWay implements Detector {
    /** Share of the time that suffices if it is plain: a near vehicle is soon out of view. */
    private static final float HURRY = 0.7f;

    /** Distance in the image, in sizes of the vehicle, of a plain case. */
    private static final float FAR = 2;

    /** Multiple of the log chance of a plain case. */
    private static final float PLAIN = 3;

    /** Distance in the image, in sizes of the vehicle, by which no box trembles or grows. */
    private static final float LEAST = 0.8f;

    /** A view that sways moves what is far away by sizes of it on the ground. */
    private static final float SWAYS = 8;

    /** Angle to the axis of the traffic, in eighths of the circle, of a vehicle in its lane. */
    private static final float MAX_SKEW = 0.3f;

    /** Angle from which it no longer goes against the traffic. */
    private static final float ACROSS = 2;

    /** Multiple of the time that it takes for one that is askew. */
    private static final float ASKEW = 6;

    private final Settings settings;

    /**
     * @param minMillis minimum time in the wrong direction, ms
     * @param minDistance minimum distance, in vehicle sizes on the ground
     * @param logChance natural log of the probability under typical traffic below which it counts
     * @param quietMillis quiet time after which the episode ends, ms of observed time
     */
    public record Settings(long minMillis, float minDistance, float logChance, long quietMillis)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(1_400, 5, -6, 20_000);

        /** The same with another minimum time in the wrong direction, ms. */
        public Settings after(long millis) {
            return new Settings(millis, minDistance, logChance, quietMillis);
        }
    }

    public WrongWay(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void detect(FrameContext view) {
        EpisodeEnd.updateUntilQuiet(view, AlertType.WRONG_WAY, settings.quietMillis);
        if (!view.isWrongWayEnabled()) {
            return;
        }
        List<Track> vehicles = view.vehicles();
        for (int i = 0; i < vehicles.size(); i++) {
            Track track = vehicles.get(i);
            if (isWrong(view, track)) {
                // Vehicles that follow each other the wrong way belong to one episode.
                Episode episode = view.episodes().first(AlertType.WRONG_WAY);
                if (episode == null && view.episodes().hasRoom()) {
                    episode =
                            new Episode(
                                    AlertType.WRONG_WAY,
                                    view.episodeOf(track),
                                    track.detectorState().wrongSince);
                    emit(episode, track, view);
                    view.episodes().open(episode, view.deviceTime());
                } else if (episode != null) {
                    emit(episode, track, view);
                }
            }
        }
    }

    private void emit(Episode episode, Track track, FrameContext view) {
        FrameContext.join(track, episode);
        episode.onObserved(view.deviceTime());
        episode.place(FrameContext.region(track));
        episode.measure(
                track.detectorState().wrongMillis / 1000.0,
                settings.minMillis / 1000.0,
                Math.exp(track.detectorState().wrongLogChance));
    }

    private boolean isWrong(FrameContext view, Track track) {
        TrackDetectorState detectorState = track.detectorState();
        if (detectorState.wrongSince == 0
                || detectorState.wrongMillis < HURRY * settings.minMillis
                || detectorState.wrongMillis < 4 * detectorState.rightMillis
                || detectorState.wrongLogChance > settings.logChance) {
            return false;
        }
        float inImage =
                (float)
                        Math.hypot(
                                track.x() - detectorState.wrongX, track.y() - detectorState.wrongY);
        boolean isPlain =
                inImage >= FAR * track.size()
                        && detectorState.wrongLogChance <= PLAIN * settings.logChance;
        return (isPlain || detectorState.wrongMillis >= settings.minMillis)
                && inImage >= Math.max(LEAST * track.size(), SWAYS * view.tracks().sway())
                && distance(view, track) >= settings.minDistance
                && isAgainstTheLanes(view, track);
    }

    /**
     * Whether its way since then is the opposite of the traffic's. After a move of the camera that
     * is not known yet, vehicles seem to go against the traffic, but askew, because the vanishing
     * point has moved. A box that leaps seems to go back while its vehicle goes with the traffic.
     */
    private boolean isAgainstTheLanes(FrameContext view, Track track) {
        TrackDetectorState detectorState = track.detectorState();
        float angle =
                view.scene()
                        .angleToOpposite(
                                detectorState.wrongX, detectorState.wrongY, track.x(), track.y());
        return angle <= MAX_SKEW
                || angle <= ACROSS
                        && view.isAnomalyEnabled()
                        && detectorState.wrongMillis >= ASKEW * settings.minMillis;
    }

    /**
     * Distance travelled the wrong way on the ground. It is required because the box of a slow
     * vehicle only jitters.
     */
    private static float distance(FrameContext view, Track track) {
        TrackDetectorState detectorState = track.detectorState();
        return view.scene()
                .groundPlane()
                .length(
                        (track.x() + detectorState.wrongX) / 2,
                        (track.y() + detectorState.wrongY) / 2,
                        track.x() - detectorState.wrongX,
                        track.y() - detectorState.wrongY);
    }
}
