package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.track.Track;

import java.io.Serializable;
import java.util.List;

/** Detects more people standing together than is typical at that place and hour. */
public final class Crowd implements Detector {
    private final Settings settings;

    /**
     * @param people minimum number of people; fewer are a group
     * @param overMost factor by which the count must exceed the typical maximum
     * @param overAt share of the limit below which the crowd dissolves
     * @param quietMillis quiet time after which the episode ends, ms of observed time
     */
    public record Settings(float people, float overMost, float overAt, long quietMillis)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(8, 1.5f, 0.5f, 20_000);

        /** The same with another minimum number of people. */
        public Settings of(int least) {
            return new Settings(least, overMost, overAt, quietMillis);
        }
    }

    public Crowd(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void detect(FrameContext view) {
        float standing = view.counts().peopleTogether();
        Episode episode = view.episodes().first(AlertType.CROWD);
        if (episode != null) {
            boolean lasts = standing >= settings.overAt * episode.limit();
            if (lasts) {
                describe(view, episode, standing, (float) episode.limit());
            }
            EpisodeEnd.updateOrEnd(view, episode, lasts, settings.quietMillis);
        } else if (view.isAnomalyEnabled() && standing >= minPeople()) {
            float limit =
                    Math.max(
                            minPeople(),
                            Math.max(
                                    settings.overMost * view.scene().maxStanding(),
                                    view.scene().standingPeople().high(view.deviceTime())));
            if (standing >= limit && view.episodes().hasRoom()) {
                episode = open(view, standing, limit);
                view.episodes().open(episode, view.deviceTime());
            }
        }
    }

    /**
     * Half a person less, because the smoothed count approaches the true count without reaching it.
     */
    private float minPeople() {
        return settings.people - 0.5f;
    }

    private static Episode open(FrameContext view, float standing, float limit) {
        long since = view.deviceTime();
        Track first = null;
        List<Track> all = view.tracks().all();
        for (int i = 0; i < all.size(); i++) {
            Track track = all.get(i);
            if (FrameCounts.isStandingPerson(view, track) && track.standSince() < since) {
                since = track.standSince();
                first = track;
            }
        }
        Episode episode =
                new Episode(
                        AlertType.CROWD,
                        first == null ? "@" + since : view.episodeOf(first),
                        // The first people to stand there may have been waiting for long.
                        Math.max(since, view.deviceTime() - 30_000));
        describe(view, episode, standing, limit);
        return episode;
    }

    private static void describe(FrameContext view, Episode episode, float standing, float limit) {
        float left = 1;
        float top = 1;
        float right = 0;
        float bottom = 0;
        List<Track> all = view.tracks().all();
        for (int i = 0; i < all.size(); i++) {
            Track track = all.get(i);
            if (FrameCounts.isStandingPerson(view, track)) {
                left = Math.min(left, track.left());
                top = Math.min(top, track.top());
                right = Math.max(right, track.left() + track.width());
                bottom = Math.max(bottom, track.top() + track.height());
                episode.name(track.ids());
                episode.show(track);
                track.detectorState().isInOpenAlert = true;
            }
        }
        // While a crowd dissolves no person may be standing; then the last region is kept.
        if (right > left) {
            episode.place(CameraEvidence.Region.clipped(left, top, right, bottom));
        }
        episode.objects(Math.round(Math.max(standing, (float) episode.value())));
        episode.measure(Math.max(standing, episode.value()), limit, standing);
        episode.onObserved(view.deviceTime());
    }
}
