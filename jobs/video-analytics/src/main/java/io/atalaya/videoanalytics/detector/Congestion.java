package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;

import java.io.Serializable;
import java.util.List;

/** Detects that most vehicles are far slower than typical and that more of them wait than ever. */
public final class Congestion implements Detector {
    private final Settings settings;

    /**
     * @param vehicles minimum number of slow vehicles; fewer are a queue
     * @param share share of all vehicles that must be slow
     * @param overMost factor by which the count must exceed the typical maximum
     * @param behindStopped further factor while a stopped vehicle is reported, because that
     *     explains a queue
     * @param overAt share of the limit below which the congestion dissolves
     * @param quietMillis quiet time after which the episode ends, ms of observed time
     */
    public record Settings(
            float vehicles,
            float share,
            float overMost,
            float behindStopped,
            float overAt,
            long quietMillis)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(5, 0.6f, 1.4f, 2, 0.5f, 20_000);

        /** The same with another minimum number of slow vehicles. */
        public Settings of(int least) {
            return new Settings(least, share, overMost, behindStopped, overAt, quietMillis);
        }
    }

    public Congestion(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void detect(FrameContext view) {
        float slow = view.counts().slow();
        float share = slow / Math.max(slow + view.counts().flowing(), 1e-3f);
        Episode episode = view.episodes().first(AlertType.CONGESTION);
        if (episode != null) {
            boolean lasts =
                    slow >= settings.overAt * episode.limit()
                            && share >= settings.overAt * settings.share;
            if (lasts) {
                describe(view, episode, slow, (float) episode.limit(), share);
            }
            EpisodeEnd.updateOrEnd(view, episode, lasts, settings.quietMillis);
        } else if (view.isAnomalyEnabled()
                && slow >= settings.vehicles
                && share >= settings.share) {
            float limit =
                    Math.max(
                            settings.vehicles,
                            Math.max(
                                    settings.overMost * view.scene().maxSlow(),
                                    view.scene().slowVehicles().high(view.deviceTime())));
            if (view.episodes().first(AlertType.STOPPED_VEHICLE) != null) {
                limit *= settings.behindStopped;
            }
            if (slow >= limit && view.episodes().hasRoom()) {
                episode =
                        new Episode(
                                AlertType.CONGESTION,
                                "@" + view.deviceTime(),
                                // Not below 0, because a device clock that was never set starts in
                                // 1970.
                                Math.max(0, view.deviceTime() - 15_000));
                describe(view, episode, slow, limit, share);
                view.episodes().open(episode, view.deviceTime());
            }
        }
    }

    private static void describe(
            FrameContext view, Episode episode, float slow, float limit, float share) {
        float left = 1;
        float top = 1;
        float right = 0;
        float bottom = 0;
        List<Track> all = view.tracks().all();
        for (int i = 0; i < all.size(); i++) {
            Track track = all.get(i);
            if (track.kind() == ObjectClass.VEHICLE && view.isDetected(track)) {
                left = Math.min(left, track.left());
                top = Math.min(top, track.top());
                right = Math.max(right, track.left() + track.width());
                bottom = Math.max(bottom, track.top() + track.height());
                if (FrameCounts.isSlow(view, track)) {
                    episode.show(track);
                }
            }
        }
        if (right > left) {
            episode.place(CameraEvidence.Region.clipped(left, top, right, bottom));
        }
        episode.objects(Math.round(Math.max(slow, (float) episode.value())));
        episode.measure(Math.max(slow, episode.value()), limit, share);
        episode.onObserved(view.deviceTime());
    }
}
