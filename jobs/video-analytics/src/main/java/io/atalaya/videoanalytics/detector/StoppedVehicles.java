package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.scene.SceneGrid;
import io.atalaya.videoanalytics.track.Track;

import java.io.Serializable;
import java.util.List;

/**
 * Detects a vehicle that stands longer than vehicles do there. Vehicles queued behind it belong to
 * the same episode; during congestion no stop is an anomaly.
 */
public final class StoppedVehicles implements Detector {
    private final Settings settings;

    /**
     * Durations in ms of observed time.
     *
     * @param dwell limit of the stop
     * @param queue distance within which a vehicle belongs to the queue, in vehicle sizes on the
     *     ground
     * @param quietMillis quiet time after which the episode ends
     */
    public record Settings(DwellRule dwell, float queue, long quietMillis) implements Serializable {
        public static final Settings DEFAULT =
                new Settings(new DwellRule(40_000, 1.5f, 0.03f, 20), 30, 10_000);

        /** The same with another minimum stop, ms. */
        public Settings after(long millis) {
            return new Settings(dwell.withMinMillis(millis), queue, quietMillis);
        }
    }

    public StoppedVehicles(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void detect(FrameContext view) {
        EpisodeEnd.updateOpen(
                view, AlertType.STOPPED_VEHICLE, StoppedVehicles::isStopped, settings.quietMillis);
        if (!view.isAnomalyEnabled()) {
            return;
        }
        List<Track> vehicles = view.vehicles();
        for (int i = 0; i < vehicles.size(); i++) {
            Track track = vehicles.get(i);
            if (track.stationaryMillis() >= 5_000 && !track.detectorState().isInOpenAlert) {
                detectStopped(view, track);
            }
        }
    }

    private void detectStopped(FrameContext view, Track track) {
        Episode returning = standingInPlace(view, track);
        if (returning != null) {
            view.addStationary(track, returning);
            return;
        }
        float needed =
                settings.dwell.needed(
                        view,
                        track,
                        SceneGrid.StationaryClass.VEHICLE,
                        view.scene().vehicleStops());
        if (track.stationaryMillis() < needed) {
            return;
        }
        Episode queue = nearby(view, track);
        if (queue != null) {
            view.addStationary(track, queue);
        } else if (view.episodes().first(AlertType.CONGESTION) == null
                && view.episodes().hasRoom()) {
            Episode episode =
                    new Episode(
                            AlertType.STOPPED_VEHICLE, view.episodeOf(track), track.standSince());
            episode.place(FrameContext.region(track));
            episode.measure(track.stationaryMillis() / 1000.0, needed / 1000.0, 0);
            view.addStationary(track, episode);
            view.episodes().open(episode, view.deviceTime());
        }
    }

    private static boolean isStopped(FrameContext view, Episode episode, Track track) {
        if (track.stationaryMillis() == 0) {
            return false;
        }
        double standing = (view.deviceTime() - episode.startedAt()) / 1000.0;
        episode.measure(Math.max(episode.value(), standing), episode.limit(), 0);
        return true;
    }

    /**
     * The open episode at the track's place, because a vehicle that was lost for long reappears
     * there.
     */
    private static Episode standingInPlace(FrameContext view, Track track) {
        for (Episode episode : view.episodes().open()) {
            if (episode.type() == AlertType.STOPPED_VEHICLE && episode.region() != null) {
                double x = episode.region().x() + episode.region().width() / 2;
                double y = episode.region().y() + episode.region().height();
                double dx = Math.abs(track.left() + track.width() / 2 - x);
                double dy = Math.abs(track.y() - y);
                if (dx < track.width() && dy < track.height()) {
                    return episode;
                }
            }
        }
        return null;
    }

    private Episode nearby(FrameContext view, Track track) {
        for (Episode episode : view.episodes().open()) {
            if (episode.type() == AlertType.STOPPED_VEHICLE) {
                for (int serial : episode.members()) {
                    Track other = view.tracks().byNumber(serial);
                    if (other != null
                            && view.scene()
                                            .groundPlane()
                                            .length(
                                                    (track.x() + other.x()) / 2,
                                                    (track.y() + other.y()) / 2,
                                                    track.x() - other.x(),
                                                    track.y() - other.y())
                                    < settings.queue) {
                        return episode;
                    }
                }
            }
        }
        return null;
    }
}
