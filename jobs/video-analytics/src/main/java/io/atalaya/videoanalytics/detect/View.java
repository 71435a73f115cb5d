package io.atalaya.videoanalytics.detect;

import io.atalaya.alert.AlertType;
import io.atalaya.alert.CameraEvidence;
import io.atalaya.device.Zone;
import io.atalaya.videoanalytics.incident.Incident;
import io.atalaya.videoanalytics.incident.Incidents;
import io.atalaya.videoanalytics.scene.SceneGrid;
import io.atalaya.videoanalytics.scene.SceneModel;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.Tracks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** What detectors look at after each frame. One object a camera, changed in place. */
public final class View {
    private final float aspect;
    private Tracks tracks;
    private SceneModel scene;
    private Incidents incidents;
    private PictureCounts counts;
    private List<Zone> zones = List.of();

    /** Of the zones that are in the notes of tracks. */
    private int drawing;

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

    /**
     * What somebody drew in the picture; mostly nothing, and never more than {@link
     * io.atalaya.device.DeviceJson#MAX_ZONES}: each is a bit in the notes of a track. Where it is
     * not what was drawn before, nobody is known to be in a zone or to have crossed a line.
     */
    public void draw(List<Zone> drawn) {
        zones = List.copyOf(drawn);
        int now = signature(zones);
        if (now != drawing) {
            drawing = now;
            tracks.all().forEach(track -> track.notes().forgetZones());
        }
    }

    /** The same in every process, which the hash of a kind is not. */
    private static int signature(List<Zone> zones) {
        int hash = 0;
        for (Zone zone : zones) {
            hash = 31 * hash + zone.zoneId().hashCode();
            hash = 31 * hash + zone.kind().name().hashCode();
            for (Zone.Point point : zone.points()) {
                hash = 31 * hash + Float.hashCode(point.x());
                hash = 31 * hash + Float.hashCode(point.y());
            }
        }
        return hash;
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

    /** Makes a thing that stays part of an incident, once. */
    void take(Track track, Incident incident) {
        join(track, incident);
        incident.seen(time);
        track.notes().alerted = true;
    }

    /** Makes a thing part of an incident, once: people are told of it under all its names. */
    static void join(Track track, Incident incident) {
        incident.join(track.serial());
        incident.name(track.ids());
        track.notes().told = true;
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

    /** Ends what goes on in zones that are no longer drawn: nobody would see its end. */
    void endWithoutZone(AlertType type, Zone.Kind kind) {
        List<Incident> open = incidents.open();
        for (int i = open.size() - 1; i >= 0; i--) {
            Incident incident = open.get(i);
            if (incident.type() == type && !isDrawn(incident.zoneId(), kind)) {
                incidents.end(incident);
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

    /** The zones themselves are no part of the state. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(drawing);
    }

    /** Reads what {@link #write} wrote. */
    public void read(DataInput in) throws IOException {
        drawing = in.readInt();
    }

    /** What names a track for ever: its first id and when it was first seen. */
    public static String anchor(Track track) {
        return track.ids().get(0) + "@" + track.firstTime();
    }
}
