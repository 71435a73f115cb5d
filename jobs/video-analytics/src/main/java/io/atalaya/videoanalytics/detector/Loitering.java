package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.scene.SceneGrid;
import io.atalaya.videoanalytics.track.Track;

import java.io.Serializable;
import java.util.List;

/**
 * Detects a person who dwells longer than people do there. Companions of that person belong to the
 * same episode; people in a crowd are not loiterers.
 */
public final class Loitering implements Detector {
    private final Settings settings;

    /**
     * Durations in ms of observed time.
     *
     * @param dwell limit of the dwell
     * @param groupDistance distance within which people belong together, in heights of a person
     * @param back distance within which a lost person must reappear, in heights of a person
     * @param quietMillis quiet time after which the episode ends
     */
    public record Settings(DwellRule dwell, float groupDistance, float back, long quietMillis)
            implements Serializable {
        public static final Settings DEFAULT =
                new Settings(new DwellRule(120_000, 1.3f, 0.02f, 20), 5, 2.5f, 20_000);

        /** The same with another minimum dwell, ms. */
        public Settings after(long millis) {
            return new Settings(dwell.withMinMillis(millis), groupDistance, back, quietMillis);
        }
    }

    public Loitering(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void detect(FrameContext view) {
        EpisodeEnd.updateOpen(
                view, AlertType.LOITERING, Loitering::isLoitering, settings.quietMillis);
        if (!view.isAnomalyEnabled() || view.episodes().first(AlertType.CROWD) != null) {
            return;
        }
        List<Track> people = view.people();
        for (int i = 0; i < people.size(); i++) {
            Track track = people.get(i);
            if (track.stationaryMillis() >= 8_000 && !track.detectorState().isInOpenAlert) {
                detectLoitering(view, track);
            }
        }
    }

    private void detectLoitering(FrameContext view, Track track) {
        Episode company = near(view, track, settings.groupDistance);
        float needed =
                settings.dwell.needed(
                        view, track, SceneGrid.StationaryClass.PERSON, view.scene().personStays());
        if (company != null && (track.stationaryMillis() >= needed || isBack(view, track))) {
            view.addStationary(track, company);
        } else if (company == null
                && track.stationaryMillis() >= needed
                && view.counts().peopleTogether() < 6
                && view.episodes().hasRoom()) {
            Episode episode =
                    new Episode(
                            AlertType.LOITERING,
                            view.episodeOf(track),
                            Math.max(
                                    track.standSince(),
                                    view.deviceTime() - track.stationaryMillis()));
            episode.place(FrameContext.region(track));
            episode.measure(track.stationaryMillis() / 1000.0, needed / 1000.0, 0);
            view.addStationary(track, episode);
            view.episodes().open(episode, view.deviceTime());
        }
    }

    /**
     * Whether this may be the lost person, under another track id or a few steps away. A person who
     * stood there before the loss is another one, because on a square some person always waits.
     */
    private boolean isBack(FrameContext view, Track track) {
        Episode episode = near(view, track, settings.back);
        return episode != null
                && episode.quietMillis(view.live()) > 0
                && track.standSince() >= episode.lastObservedAt();
    }

    private static Episode near(FrameContext view, Track track, float heights) {
        for (Episode episode : view.episodes().open()) {
            if (episode.type() == AlertType.LOITERING && episode.region() != null) {
                double middle = episode.region().x() + episode.region().width() / 2;
                double dx = track.x() - middle * view.tracks().aspect();
                double dy = track.y() - episode.region().y() - episode.region().height();
                double reach = heights * track.height();
                if (dx * dx + dy * dy < reach * reach) {
                    return episode;
                }
            }
        }
        return null;
    }

    private static boolean isLoitering(FrameContext view, Episode episode, Track track) {
        episode.place(FrameContext.region(track));
        episode.measure((view.deviceTime() - episode.startedAt()) / 1000.0, episode.limit(), 0);
        return true;
    }
}
