package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.scene.SceneGrid;
import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;

import java.io.Serializable;
import java.util.List;

/** Detects an item that lies longer than is typical at its place and that no person stays with. */
public final class AbandonedObjects implements Detector {
    /**
     * A person beside the item counts as with it after this dwell, ms, because in busy places
     * people always pass.
     */
    private static final long STAYS = 15_000;

    private final Settings settings;

    /**
     * Durations in ms of observed time.
     *
     * @param minStay minimum time that the item must lie
     * @param unattended part of it without a person nearby; a passing person does not count as near
     * @param overTypical factor by which it must exceed the longest typical time at its place
     * @param owner distance within which a person is with the item, in heights of the person
     * @param quietMillis quiet time after which the episode ends
     */
    public record Settings(
            long minStay, long unattended, float overTypical, float owner, long quietMillis)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(60_000, 30_000, 1.5f, 1.5f, 15_000);

        /** The same with another minimum time, ms, half of it unattended. */
        public Settings after(long millis) {
            return new Settings(millis, millis / 2, overTypical, owner, quietMillis);
        }
    }

    public AbandonedObjects(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void detect(FrameContext view) {
        EpisodeEnd.updateOpen(
                view, AlertType.ABANDONED_OBJECT, AbandonedObjects::isLying, settings.quietMillis);
        List<Track> objects = view.objects();
        for (int i = 0; i < objects.size(); i++) {
            Track track = objects.get(i);
            attend(view, track);
            if (view.isAnomalyEnabled() && !track.detectorState().isInOpenAlert) {
                detectAbandoned(view, track);
            }
        }
    }

    private void attend(FrameContext view, Track object) {
        long stay = object.stationaryMillis();
        if (stay == 0) {
            // Its box is elsewhere, perhaps only for a moment: then the stay goes on.
            return;
        }
        object.detectorState().unattended = Math.min(object.detectorState().unattended, stay);
        List<Track> all = view.tracks().all();
        boolean near = false;
        for (int i = 0; i < all.size(); i++) {
            Track person = all.get(i);
            if (person.kind() == ObjectClass.PERSON) {
                float dx = person.x() - object.x();
                float dy = person.y() - object.y();
                float reach = settings.owner * person.size();
                if (dx * dx + dy * dy < reach * reach) {
                    near = true;
                    if (person.stationaryMillis() > STAYS) {
                        object.detectorState().unattended = 0;
                    }
                }
            }
        }
        if (!near) {
            object.detectorState().unattended += view.step();
        }
    }

    private void detectAbandoned(FrameContext view, Track object) {
        for (Episode episode : view.episodes().open()) {
            if (episode.type() == AlertType.ABANDONED_OBJECT
                    && isThere(episode, object)
                    && object.stationaryMillis() >= 3_000) {
                view.addStationary(object, episode);
                return;
            }
        }
        float typical =
                view.scene()
                        .grid()
                        .maxStayAround(view.standCell(object), SceneGrid.StationaryClass.ITEM);
        float needed = Math.max(settings.minStay, settings.overTypical * typical);
        if (object.stationaryMillis() >= needed
                && object.detectorState().unattended >= settings.unattended
                && view.episodes().hasRoom()) {
            Episode episode =
                    new Episode(
                            AlertType.ABANDONED_OBJECT,
                            view.episodeOf(object),
                            object.standSince());
            episode.place(FrameContext.region(object));
            episode.measure(
                    object.stationaryMillis() / 1000.0,
                    needed / 1000.0,
                    object.detectorState().unattended / 1000.0);
            view.addStationary(object, episode);
            view.episodes().open(episode, view.deviceTime());
        }
    }

    private static boolean isThere(Episode episode, Track object) {
        double dx = Math.abs(object.left() - episode.region().x());
        double dy = Math.abs(object.top() - episode.region().y());
        return dx < 1.5 * object.width() && dy < 1.5 * object.height();
    }

    private static boolean isLying(FrameContext view, Episode episode, Track object) {
        episode.measure(
                (view.deviceTime() - episode.startedAt()) / 1000.0,
                episode.limit(),
                object.detectorState().unattended / 1000.0);
        return object.stationaryMillis() > 0;
    }
}
