package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackDetectorState;

import java.io.Serializable;
import java.util.List;

/** Detects a person or vehicle inside a restricted zone. Zones need no warm-up. */
public final class ZoneIntrusion implements Detector {
    private final Settings settings;

    /**
     * @param inside minimum time in the zone, ms of observed time, because boxes jitter at a border
     * @param quietMillis time with an empty zone after which the episode ends, ms of observed time
     */
    public record Settings(long inside, long quietMillis) implements Serializable {
        public static final Settings DEFAULT = new Settings(1_500, 8_000);

        /** The same with another minimum time in the zone, ms. */
        public Settings after(long millis) {
            return new Settings(millis, quietMillis);
        }
    }

    public ZoneIntrusion(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void detect(FrameContext view) {
        EpisodeEnd.endWithoutZone(view, AlertType.ZONE_INTRUSION, Zone.Kind.RESTRICTED);
        List<Zone> zones = view.zones();
        if (zones.isEmpty()) {
            return;
        }
        noteZones(view, zones);
        for (int z = 0; z < zones.size(); z++) {
            if (zones.get(z).kind() == Zone.Kind.RESTRICTED) {
                detectIntrusion(view, zones.get(z), 1 << z);
            }
        }
    }

    /**
     * Updates the zones of all tracks before detection, because an object may move from one zone
     * into another.
     */
    private static void noteZones(FrameContext view, List<Zone> zones) {
        List<Track> seen = view.detectedTracks();
        for (int i = 0; i < seen.size(); i++) {
            Track track = seen.get(i);
            if (canIntrude(track)) {
                TrackDetectorState detectorState = track.detectorState();
                int inside = inside(track.left() + track.width() / 2, track.y(), zones);
                if ((detectorState.zones & inside) == 0) {
                    boolean atFirst =
                            track.isNew()
                                    && (inside(track.firstX(), track.firstY(), zones) & inside)
                                            != 0;
                    detectorState.inZoneSince = atFirst ? track.firstLive() : view.live();
                }
                detectorState.zones = inside;
            }
        }
    }

    private static int inside(float x, float y, List<Zone> zones) {
        int inside = 0;
        for (int z = 0; z < zones.size(); z++) {
            Zone zone = zones.get(z);
            if (zone.kind() == Zone.Kind.RESTRICTED && zone.contains(x, y)) {
                inside |= 1 << z;
            }
        }
        return inside;
    }

    private void detectIntrusion(FrameContext view, Zone zone, int bit) {
        Episode episode = view.episodes().inZone(AlertType.ZONE_INTRUSION, zone.zoneId());
        boolean isOccupied = false;
        List<Track> seen = view.detectedTracks();
        for (int i = 0; i < seen.size(); i++) {
            Track track = seen.get(i);
            if (canIntrude(track) && isInside(view, track, bit)) {
                isOccupied = true;
                episode = emit(view, episode, track, zone);
            }
        }
        if (episode != null) {
            EpisodeEnd.updateOrEnd(view, episode, isOccupied, settings.quietMillis);
        }
    }

    static boolean canIntrude(Track track) {
        return track.kind() == ObjectClass.PERSON || track.kind() == ObjectClass.VEHICLE;
    }

    private boolean isInside(FrameContext view, Track track, int bit) {
        return (track.detectorState().zones & bit) != 0
                && view.live() - track.detectorState().inZoneSince >= settings.inside;
    }

    private Episode emit(FrameContext view, Episode open, Track track, Zone zone) {
        boolean isNew = open == null;
        if (isNew && !view.episodes().hasRoom()) {
            return null;
        }
        Episode episode =
                isNew
                        ? new Episode(
                                AlertType.ZONE_INTRUSION,
                                zone.zoneId() + "/" + view.episodeOf(track),
                                view.deviceTime()
                                        - (view.live() - track.detectorState().inZoneSince))
                        : open;
        episode.zone(zone.zoneId());
        FrameContext.join(track, episode);
        episode.place(FrameContext.region(track));
        episode.measure(
                Math.max(
                        episode.value(),
                        (view.live() - track.detectorState().inZoneSince) / 1000.0),
                settings.inside / 1000.0,
                0);
        if (isNew) {
            view.episodes().open(episode, view.deviceTime());
        }
        return episode;
    }
}
