package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackDetectorState;

import java.io.Serializable;
import java.util.List;

/**
 * Detects a vehicle much faster than others at that place and hour, or one that crawls on a free
 * road.
 */
public final class UnusualSpeed implements Detector {
    /**
     * Minimum variance of log speeds: traffic is never as uniform as a few boxes that happen to
     * agree.
     */
    private static final double MIN_VARIANCE = 0.002;

    private final Settings settings;
    private final double slowLogRatio;
    private final double fastLogRatio;

    /**
     * @param cells cells in which a fast vehicle must have been compared
     * @param fastRatio multiple of the typical speed that is fast
     * @param fastDeviations multiple of the typical spread of log speeds that is fast
     * @param slowRatio share of the typical speed that is crawling
     * @param slowMillis minimum duration of crawling, ms of observed time
     * @param othersSlow number of slow vehicles from which it is a jam, not a crawling vehicle
     * @param quietMillis quiet time after which the episode ends, ms of observed time
     */
    public record Settings(
            int cells,
            float fastRatio,
            float fastDeviations,
            float slowRatio,
            long slowMillis,
            float othersSlow,
            long quietMillis)
            implements Serializable {
        public static final Settings DEFAULT =
                new Settings(6, 1.6f, 4.5f, 0.35f, 15_000, 1.5f, 5_000);

        /** The same with other limits relative to the typical speed. */
        public Settings ratios(double fast, double slow) {
            return new Settings(
                    cells,
                    (float) fast,
                    fastDeviations,
                    (float) slow,
                    slowMillis,
                    othersSlow,
                    quietMillis);
        }
    }

    public UnusualSpeed(Settings settings) {
        this.settings = settings;
        slowLogRatio = Math.log(settings.slowRatio);
        fastLogRatio = Math.log(settings.fastRatio);
    }

    @Override
    public void detect(FrameContext view) {
        EpisodeEnd.updateUntilQuiet(view, AlertType.SPEEDING, settings.quietMillis);
        EpisodeEnd.updateUntilQuiet(view, AlertType.CRAWLING, settings.quietMillis);
        List<Track> vehicles = view.vehicles();
        for (int i = 0; i < vehicles.size(); i++) {
            Track track = vehicles.get(i);
            countCrawling(view, track);
            if (view.isAnomalyEnabled()) {
                if (isFast(view, track)) {
                    emit(view, track, AlertType.SPEEDING);
                } else if (isCrawling(view, track)) {
                    emit(view, track, AlertType.CRAWLING);
                }
            }
        }
    }

    /** While the speed cannot be compared, the crawling time neither grows nor resets. */
    private void countCrawling(FrameContext view, Track track) {
        TrackDetectorState detectorState = track.detectorState();
        if (track.stationaryMillis() > 4_000
                || detectorState.isSpeedCurrent && detectorState.speedLogRatioNow > slowLogRatio) {
            detectorState.crawling = 0;
        } else if (detectorState.isSpeedCurrent) {
            detectorState.crawling += view.step();
        }
    }

    private boolean isFast(FrameContext view, Track track) {
        TrackDetectorState detectorState = track.detectorState();
        if (detectorState.speedCells < settings.cells
                || detectorState.wrongMillis > 0
                || view.episodes().first(AlertType.CONGESTION) != null) {
            return false;
        }
        double logRatio = detectorState.speedLogRatio / detectorState.speedCells;
        // The fixed ratio decides most cases, so the spread is computed last.
        return logRatio > fastLogRatio && Math.exp(logRatio) > fastRatio(detectorState);
    }

    /** The multiple of the typical speed that is fast, given the spread of speeds there. */
    private double fastRatio(TrackDetectorState detectorState) {
        double spread =
                Math.sqrt(detectorState.speedVariance / detectorState.speedCells + MIN_VARIANCE);
        return Math.max(settings.fastRatio, Math.exp(settings.fastDeviations * spread));
    }

    private boolean isCrawling(FrameContext view, Track track) {
        return track.detectorState().crawling >= settings.slowMillis
                && view.counts().slow() < settings.othersSlow
                && view.episodes().first(AlertType.CONGESTION) == null
                && view.episodes().first(AlertType.STOPPED_VEHICLE) == null;
    }

    private void emit(FrameContext view, Track track, AlertType type) {
        Episode episode = view.episodes().first(type);
        boolean isNew = episode == null;
        if (isNew && !view.episodes().hasRoom()) {
            return;
        }
        if (isNew) {
            episode = new Episode(type, view.episodeOf(track), track.firstTime());
        }
        TrackDetectorState detectorState = track.detectorState();
        // A crawling vehicle uses the last comparable speed, because there is no current one at the
        // image edge or just after an id change.
        float log =
                type == AlertType.SPEEDING
                        ? detectorState.speedLogRatio / detectorState.speedCells
                        : detectorState.speedLogRatioNow;
        FrameContext.join(track, episode);
        episode.onObserved(view.deviceTime());
        episode.place(FrameContext.region(track));
        episode.measure(
                Math.exp(log),
                type == AlertType.SPEEDING ? fastRatio(detectorState) : settings.slowRatio,
                detectorState.crawling / 1000.0);
        if (isNew) {
            view.episodes().open(episode, view.deviceTime());
        }
    }
}
