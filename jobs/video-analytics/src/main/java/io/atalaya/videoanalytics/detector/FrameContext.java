package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.episode.Episodes;
import io.atalaya.videoanalytics.scene.SceneModel;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.Tracks;

import java.util.ArrayList;
import java.util.List;

/**
 * What detectors look at after a frame. Made anew for each: a view that were kept with its camera
 * would refer to something new at every frame, for which Java's collector would look through it.
 */
public final class FrameContext {
    private final Tracks tracks;
    private final SceneModel scene;
    private final Episodes episodes;
    private final FrameCounts counts;
    private final List<Zone> zones;
    private final long time;
    private final long live;
    private final long step;
    private final List<Track> seen;
    private final List<Track> vehicles;
    private final List<Track> people;
    private final List<Track> objects;
    private boolean judging;

    /**
     * Nothing is judged yet.
     *
     * @param time of the frame, event time, epoch ms
     * @param live the live clock, ms
     * @param step by how much it went on
     */
    public FrameContext(
            Tracks tracks,
            SceneModel scene,
            Episodes episodes,
            FrameCounts counts,
            List<Zone> zones,
            long time,
            long live,
            long step) {
        this.tracks = tracks;
        this.scene = scene;
        this.episodes = episodes;
        this.counts = counts;
        this.zones = zones;
        this.time = time;
        this.live = live;
        this.step = step;
        List<Track> all = tracks.all();
        seen = new ArrayList<>(all.size());
        vehicles = new ArrayList<>(all.size());
        people = new ArrayList<>(all.size());
        objects = new ArrayList<>(0);
        for (int i = 0; i < all.size(); i++) {
            if (sees(all.get(i))) {
                add(all.get(i));
            }
        }
    }

    private void add(Track track) {
        seen.add(track);
        switch (track.kind()) {
            case VEHICLE -> vehicles.add(track);
            case PERSON -> people.add(track);
            case OBJECT -> objects.add(track);
            case OTHER -> {}
        }
    }

    /** From here on, something may be called unusual, or may not. */
    public void judge(boolean mayJudge) {
        judging = mayJudge;
    }

    /** Everything that was in the last frame, in the order of {@link Tracks#all}. */
    public List<Track> seen() {
        return seen;
    }

    /** The vehicles among it. */
    public List<Track> vehicles() {
        return vehicles;
    }

    /** The people among it. */
    public List<Track> people() {
        return people;
    }

    /** What can be left behind among it. */
    public List<Track> objects() {
        return objects;
    }

    public List<Zone> zones() {
        return zones;
    }

    public Tracks tracks() {
        return tracks;
    }

    public SceneModel scene() {
        return scene;
    }

    public Episodes episodes() {
        return episodes;
    }

    public FrameCounts counts() {
        return counts;
    }

    public long time() {
        return time;
    }

    public long live() {
        return live;
    }

    public long step() {
        return step;
    }

    /** Whether something may be called unusual at present. */
    public boolean isJudging() {
        return judging;
    }

    /** Whether the thing was in the last frame. */
    public boolean sees(Track track) {
        return track.lastLive() == live;
    }

    /** Makes a thing that stays part of an incident, once. */
    void take(Track track, Episode episode) {
        join(track, episode);
        episode.seen(time);
        track.detectorState().alerted = true;
    }

    /** Makes a thing part of an incident, once: people are told of it under all its names. */
    static void join(Track track, Episode episode) {
        episode.join(track.serial());
        episode.name(track.ids());
        track.detectorState().emitted = true;
    }

    /** Whether a thing in view still is what an incident is about; takes down what it measures. */
    @FunctionalInterface
    interface Sign {
        boolean shows(FrameContext view, Episode episode, Track track);
    }

    /**
     * Each open incident of a type goes on while one of its things shows it.
     *
     * @param calm how long none may, ms on the live clock, before it is over
     */
    void keepUp(AlertType type, Sign sign, long calm) {
        List<Episode> open = episodes.open();
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).type() == type) {
                keepOrEnd(open.get(i), isShown(open.get(i), sign), calm);
            }
        }
    }

    private boolean isShown(Episode episode, Sign sign) {
        boolean shown = false;
        for (int i = 0; i < episode.members().size(); i++) {
            Track track = tracks.bySerial(episode.members().get(i));
            if (track != null
                    && sees(track)
                    && track.detectorState().alerted
                    && sign.shows(this, episode, track)) {
                episode.name(track.ids());
                shown = true;
            }
        }
        return shown;
    }

    /**
     * An incident goes on, or is over when it has been calm for long enough.
     *
     * @param lasts whether it shows in this frame
     * @param calm how long it must be gone, ms on the live clock
     */
    void keepOrEnd(Episode episode, boolean lasts, long calm) {
        if (lasts) {
            episode.seen(time);
            episodes.update(episode, time);
        } else if (episode.calm(live) >= calm) {
            episodes.end(episode);
        }
    }

    /** Ends what goes on in zones that are no longer drawn: nobody would see its end. */
    void endWithoutZone(AlertType type, Zone.Kind kind) {
        List<Episode> open = episodes.open();
        for (int i = open.size() - 1; i >= 0; i--) {
            Episode episode = open.get(i);
            if (episode.type() == type && !isDrawn(episode.zoneId(), kind)) {
                episodes.end(episode);
            }
        }
    }

    private boolean isDrawn(String zoneId, Zone.Kind kind) {
        for (int i = 0; i < zones.size(); i++) {
            if (zones.get(i).kind() == kind && zones.get(i).zoneId().equals(zoneId)) {
                return true;
            }
        }
        return false;
    }

    /** The cell in which a thing stands. */
    public int standCell(Track track) {
        return scene.cellOf(track.standX(), track.standY());
    }

    /** A thing's box as evidence, cut at the picture's edges. */
    public static CameraEvidence.Region region(Track track) {
        return region(
                track.left(),
                track.top(),
                track.left() + track.width(),
                track.top() + track.height());
    }

    static CameraEvidence.Region region(float left, float top, float right, float bottom) {
        double x = Math.max(0, Math.min(1, left));
        double y = Math.max(0, Math.min(1, top));
        return new CameraEvidence.Region(
                x, y, Math.max(0, Math.min(1, right) - x), Math.max(0, Math.min(1, bottom) - y));
    }

    /**
     * What names an incident for ever: the track, and when people are told. One thing may be told
     * of more than once, as a car that stops again, and an alert that is over does not begin anew.
     */
    String incidentOf(Track track) {
        return anchor(track) + "/" + time;
    }

    /** What names a track for ever: its first id and when it was first seen. */
    public static String anchor(Track track) {
        return track.ids().get(0) + "@" + track.firstTime();
    }
}
