package io.atalaya.videoanalytics.detect;

import io.atalaya.alert.CameraEvidence;
import io.atalaya.device.Zone;
import io.atalaya.videoanalytics.incident.Incident;
import io.atalaya.videoanalytics.incident.Incidents;
import io.atalaya.videoanalytics.scene.SceneGrid;
import io.atalaya.videoanalytics.scene.SceneModel;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.Tracks;

import java.util.List;

/** What detectors look at after each frame. One object a camera, changed in place. */
public final class View {
    private static final int MAX_ZONES = 32;

    private final float aspect;
    private Tracks tracks;
    private SceneModel scene;
    private Incidents incidents;
    private PictureCounts counts;
    private List<Zone> zones = List.of();
    private long time;
    private long live;
    private long step;
    private boolean judging;

    public View(float aspect) {
        this.aspect = aspect;
    }

    /** What the camera's parts are; they are set once, and again after a restore. */
    public void of(Tracks t, SceneModel s, Incidents i, PictureCounts c) {
        tracks = t;
        scene = s;
        incidents = i;
        counts = c;
    }

    /**
     * A frame was taken in.
     *
     * @param atTime event time, epoch ms
     * @param atLive the live clock, ms
     * @param liveStep by how much it went on
     * @param mayJudge whether the scene is known, and still the one that is known
     */
    public void at(long atTime, long atLive, long liveStep, boolean mayJudge) {
        time = atTime;
        live = atLive;
        step = liveStep;
        judging = mayJudge;
    }

    /** What somebody drew in the picture; mostly nothing. More than 32 zones are not watched. */
    public void draw(List<Zone> drawn) {
        zones = List.copyOf(drawn.subList(0, Math.min(MAX_ZONES, drawn.size())));
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

    public Incidents incidents() {
        return incidents;
    }

    public PictureCounts counts() {
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

    /** Makes a thing part of an incident, once. */
    void take(Track track, Incident incident) {
        incident.join(track.serial());
        incident.name(track.ids());
        incident.seen(time);
        track.notes().alerted = true;
    }

    /**
     * An incident goes on, or is over when it has been calm for long enough.
     *
     * @param lasts whether it shows in this frame
     * @param calm how long it must be gone, ms on the live clock
     */
    void keepOrEnd(Incident incident, boolean lasts, long calm) {
        if (lasts) {
            incident.seen(time);
            incidents.update(incident, time);
        } else if (incident.calm(live) >= calm) {
            incidents.end(incident);
        }
    }

    /** The cell in which a thing stands. */
    public int standCell(Track track) {
        return SceneGrid.cell(track.standX() / aspect, track.standY());
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

    /** What names a track for ever: its first id and when it was first seen. */
    public static String anchor(Track track) {
        return track.ids().get(0) + "@" + track.firstTime();
    }
}
