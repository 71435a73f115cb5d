package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackDetectorState;

import java.io.Serializable;
import java.util.List;

/**
 * Detects a person or vehicle that crosses a forbidden line. Each object counts once per line;
 * crossings that follow at once belong to the same episode.
 */
public final class LineCrossing implements Detector {
    private final Settings settings;

    /**
     * @param quietMillis time without a crossing after which the episode ends, ms of observed time
     */
    public record Settings(long quietMillis) implements Serializable {
        public static final Settings DEFAULT = new Settings(10_000);
    }

    public LineCrossing(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void detect(FrameContext view) {
        EpisodeEnd.endWithoutZone(view, AlertType.LINE_CROSSING, Zone.Kind.LINE);
        List<Zone> zones = view.zones();
        boolean any = false;
        for (int z = 0; z < zones.size(); z++) {
            if (zones.get(z).kind() == Zone.Kind.LINE) {
                if (!any) {
                    noteFirstPlaces(view.detectedTracks());
                }
                detectCrossing(view, zones.get(z), 1 << z);
                any = true;
            }
        }
        if (any) {
            notePlaces(view.detectedTracks());
        }
    }

    /** What was seen before a track was established belongs to it. */
    private static void noteFirstPlaces(List<Track> seen) {
        for (int i = 0; i < seen.size(); i++) {
            Track track = seen.get(i);
            if (track.isNew()) {
                track.detectorState().lineX = track.firstX();
                track.detectorState().lineY = track.firstY();
            }
        }
    }

    private static void notePlaces(List<Track> seen) {
        for (int i = 0; i < seen.size(); i++) {
            Track track = seen.get(i);
            track.detectorState().lineX = track.left() + track.width() / 2;
            track.detectorState().lineY = track.y();
        }
    }

    private void detectCrossing(FrameContext view, Zone line, int bit) {
        Episode episode = view.episodes().inZone(AlertType.LINE_CROSSING, line.zoneId());
        boolean crossed = false;
        List<Track> seen = view.detectedTracks();
        for (int i = 0; i < seen.size(); i++) {
            Track track = seen.get(i);
            TrackDetectorState detectorState = track.detectorState();
            if (ZoneIntrusion.canIntrude(track)
                    && (detectorState.linesCrossed & bit) == 0
                    && track.age() > 0
                    && detectorState.isLineKnown()
                    && line.isCrossed(
                            detectorState.lineX,
                            detectorState.lineY,
                            track.left() + track.width() / 2,
                            track.y())) {
                episode = emit(view, episode, track, line);
                if (episode != null) {
                    detectorState.linesCrossed |= bit;
                    crossed = true;
                }
            }
        }
        if (episode != null) {
            EpisodeEnd.updateOrEnd(view, episode, crossed, settings.quietMillis);
        }
    }

    private static Episode emit(FrameContext view, Episode open, Track track, Zone line) {
        boolean isNew = open == null;
        if (isNew && !view.episodes().hasRoom()) {
            return null;
        }
        Episode episode =
                isNew
                        ? new Episode(
                                AlertType.LINE_CROSSING,
                                line.zoneId() + "/" + view.episodeOf(track),
                                view.deviceTime())
                        : open;
        episode.zone(line.zoneId());
        FrameContext.join(track, episode);
        episode.place(FrameContext.region(track));
        episode.measure(episode.objects(), 1, 0);
        if (isNew) {
            view.episodes().open(episode, view.deviceTime());
        }
        return episode;
    }
}
