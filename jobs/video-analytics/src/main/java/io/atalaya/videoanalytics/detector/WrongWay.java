package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackDetectorState;

import java.io.Serializable;
import java.util.List;

/** A vehicle that drives, cell after cell, where all others come towards it. */
public final class WrongWay implements Detector {
    private final Settings settings;

    /**
     * @param leastMillis for which it must have gone the wrong way
     * @param leastWay how far, in vehicle sizes on the ground
     * @param logChance log of the chance, under what is usual, below which it counts
     * @param calm how long it must be gone before it is over, ms
     */
    public record Settings(long leastMillis, float leastWay, float logChance, long calm)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(1_400, 5, -6, 20_000);

        /** The same, but a vehicle must go the wrong way for so long, ms. */
        public Settings after(long millis) {
            return new Settings(millis, leastWay, logChance, calm);
        }
    }

    public WrongWay(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void look(FrameContext view) {
        keepUp(view);
        if (!view.isJudging()) {
            return;
        }
        List<Track> vehicles = view.vehicles();
        for (int i = 0; i < vehicles.size(); i++) {
            Track track = vehicles.get(i);
            if (isWrong(view, track)) {
                // One that follows another the wrong way is part of one incident.
                Episode incident = view.incidents().first(AlertType.WRONG_WAY);
                if (incident == null && view.incidents().hasRoom()) {
                    incident =
                            new Episode(
                                    AlertType.WRONG_WAY,
                                    view.incidentOf(track),
                                    track.notes().wrongSince);
                    tell(incident, track, view);
                    view.incidents().open(incident, view.time());
                } else if (incident != null) {
                    tell(incident, track, view);
                }
            }
        }
    }

    private void tell(Episode incident, Track track, FrameContext view) {
        FrameContext.join(track, incident);
        incident.seen(view.time());
        incident.place(FrameContext.region(track));
        incident.measure(
                track.notes().wrongMillis / 1000.0,
                settings.leastMillis / 1000.0,
                Math.exp(track.notes().wrongLogChance));
    }

    private boolean isWrong(FrameContext view, Track track) {
        TrackDetectorState notes = track.notes();
        return notes.wrongMillis >= settings.leastMillis
                && notes.wrongMillis >= 4 * notes.rightMillis
                && notes.wrongLogChance <= settings.logChance
                && way(view, track) >= settings.leastWay;
    }

    /** How far it has come the wrong way, on the ground: a slow vehicle's box only trembles. */
    private static float way(FrameContext view, Track track) {
        TrackDetectorState notes = track.notes();
        return view.scene()
                .ground()
                .length(
                        (track.x() + notes.wrongX) / 2,
                        (track.y() + notes.wrongY) / 2,
                        track.x() - notes.wrongX,
                        track.y() - notes.wrongY);
    }

    private void keepUp(FrameContext view) {
        Episode incident = view.incidents().first(AlertType.WRONG_WAY);
        if (incident != null) {
            if (view.time() == incident.lastSeen()) {
                view.incidents().update(incident, view.time());
            } else if (incident.calm(view.live()) >= settings.calm) {
                view.incidents().end(incident);
            }
        }
    }
}
