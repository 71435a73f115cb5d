package io.atalaya.videoanalytics.scene;

import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackManager;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * What one camera has learned of its scene. Each object is first compared with what was learned
 * before, and then learned.
 */
public final class SceneModel {
    /**
     * The scene fades rarely and by much, because its values are rounded: what loses less than half
     * a step never fades. At 4, a stay fades to three steps of 2 s.
     */
    private static final int FADES_PER_HALF_LIFE = 4;

    /** Points of a way at which it is compared with the traffic. */
    private static final int WAY_POINTS = 5;

    private final Settings settings;
    private final float aspect;
    private final DwellModel dwellModel;
    private SceneGrid grid = new SceneGrid();
    private FlowModel flowModel;
    private HourlyBaseline newcomers = new HourlyBaseline();
    private HourlyBaseline standingPeople = new HourlyBaseline();
    private HourlyBaseline slowVehicles = new HourlyBaseline();
    private long startedLive = -1;
    private int tracksSeen;
    private boolean isWarm;
    private boolean isGrowing;
    private long fadedAt;
    private float maxStanding;
    private float maxSlow;

    /**
     * @param aspect image width over height
     */
    public SceneModel(Settings settings, float aspect) {
        this.settings = settings;
        this.aspect = aspect;
        dwellModel = new DwellModel(settings, aspect);
        flowModel = new FlowModel(grid, aspect);
    }

    /**
     * Learns from the last frame.
     *
     * @param typical whether traffic flows, so that its speed at this hour can be learned
     */
    public void observe(TrackManager tracks, long time, long live, boolean typical) {
        if (startedLive < 0) {
            startedLive = live;
            fadedAt = time;
        }
        List<Track> all = tracks.all();
        for (int i = 0; i < all.size(); i++) {
            Track track = all.get(i);
            if (track.lastLive() == live) {
                flowModel.follow(track, time, typical, isWarm);
                dwellModel.follow(track, grid, isWarm);
            }
        }
        List<Track> finished = tracks.finished();
        for (int i = 0; i < finished.size(); i++) {
            finish(finished.get(i));
        }
        if (!isWarm) {
            long age = live - startedLive;
            isGrowing =
                    age >= settings.busyWarmUp() / 2 && tracksSeen >= settings.busyTracks() / 2
                            || age >= settings.warmUp() / 2 && tracksSeen >= settings.tracks();
            isWarm =
                    age >= settings.busyWarmUp() && tracksSeen >= settings.busyTracks()
                            || age >= settings.warmUp() && tracksSeen >= settings.tracks();
        }
        if (time - fadedAt >= settings.halfLife() / FADES_PER_HALF_LIFE) {
            double age = Math.min(time - fadedAt, settings.halfLife());
            float factor = (float) Math.pow(0.5, age / settings.halfLife());
            grid.fade(factor);
            maxStanding *= factor;
            maxSlow *= factor;
            fadedAt = time;
        }
    }

    private void finish(Track track) {
        if (track.detectionCount() >= 4) {
            tracksSeen++;
        }
        dwellModel.finish(track, grid);
    }

    /** The cell of a position in image heights. */
    public int cellOf(float x, float y) {
        return SceneGrid.cell(x, y, aspect);
    }

    /** Whether the scene is known well enough to detect anomalies. */
    public boolean isWarm() {
        return isWarm;
    }

    /** Whether half of the warm-up is done, so that trajectories can be compared. */
    public boolean isGrowing() {
        return isWarm || isGrowing;
    }

    public SceneGrid grid() {
        return grid;
    }

    /**
     * Mean angle between a way and the opposite of the traffic's direction along it, in eighths of
     * the circle: near 0 for a vehicle that goes against the traffic in a lane, near 4 for one that
     * goes with it. Positions are in image heights.
     */
    public float angleToOpposite(float fromX, float fromY, float toX, float toY) {
        double sine = 0;
        double cosine = 0;
        float with = 0;
        float against = 0;
        for (int i = 0; i < WAY_POINTS; i++) {
            float part = (float) i / (WAY_POINTS - 1);
            float x = fromX + part * (toX - fromX);
            float y = fromY + part * (toY - fromY);
            int cell = SceneGrid.cell(x, y, aspect);
            float direction = groundPlane().direction(x, y, toX - fromX, toY - fromY);
            // Half a turn, 4 eighths, is the same axis, so the mean is that of the doubled angles.
            double doubled = (direction - grid.axis(cell)) * Math.PI / 2;
            sine += Math.sin(doubled);
            cosine += Math.cos(doubled);
            with += grid.vehicles(cell) * grid.share(cell, direction);
            against += grid.vehicles(cell) * grid.share(cell, (direction + 4) % 8);
        }
        float skew = (float) (Math.abs(Math.atan2(sine, cosine)) * 2 / Math.PI);
        return with > against ? 4 - skew : skew;
    }

    public GroundPlane groundPlane() {
        return flowModel.groundPlane();
    }

    /** New objects per minute. */
    public HourlyBaseline newcomers() {
        return newcomers;
    }

    /** People who stand at the same time. */
    public HourlyBaseline standingPeople() {
        return standingPeople;
    }

    /** Vehicles that are slow at the same time. */
    public HourlyBaseline slowVehicles() {
        return slowVehicles;
    }

    /** How long vehicles stop. */
    public DurationHistogram vehicleStops() {
        return dwellModel.vehicles();
    }

    /** How long people stay. */
    public DurationHistogram personStays() {
        return dwellModel.people();
    }

    /** Decayed maximum of people who stand at the same time. */
    public float maxStanding() {
        return maxStanding;
    }

    /** Decayed maximum of vehicles that are slow at the same time. */
    public float maxSlow() {
        return maxSlow;
    }

    /** Learns the numbers of standing people and slow vehicles from a period without episodes. */
    public void learnCounts(float standing, float slow) {
        maxStanding = Math.max(maxStanding, standing);
        maxSlow = Math.max(maxSlow, slow);
    }

    /** Resets the scene because the view has changed. What does not depend on the view is kept. */
    public void relearn() {
        grid = new SceneGrid();
        flowModel = new FlowModel(grid, aspect);
        standingPeople = new HourlyBaseline();
        slowVehicles = new HourlyBaseline();
        maxStanding = 0;
        maxSlow = 0;
        startedLive = -1;
        tracksSeen = 0;
        isWarm = false;
        isGrowing = false;
    }

    public void write(DataOutput out) throws IOException {
        grid.write(out);
        flowModel.write(out);
        newcomers.write(out);
        standingPeople.write(out);
        slowVehicles.write(out);
        dwellModel.write(out);
        out.writeLong(startedLive);
        out.writeInt(tracksSeen);
        out.writeBoolean(isWarm);
        out.writeBoolean(isGrowing);
        out.writeLong(fadedAt);
        out.writeFloat(maxStanding);
        out.writeFloat(maxSlow);
    }

    /** Reads what {@link #write} wrote. */
    public static SceneModel read(Settings settings, float aspect, DataInput in)
            throws IOException {
        SceneModel model = new SceneModel(settings, aspect);
        model.grid = SceneGrid.read(in);
        model.flowModel = FlowModel.read(model.grid, aspect, in);
        model.newcomers = HourlyBaseline.read(in);
        model.standingPeople = HourlyBaseline.read(in);
        model.slowVehicles = HourlyBaseline.read(in);
        model.dwellModel.read(in);
        model.startedLive = in.readLong();
        model.tracksSeen = in.readInt();
        model.isWarm = in.readBoolean();
        model.isGrowing = in.readBoolean();
        model.fadedAt = in.readLong();
        model.maxStanding = in.readFloat();
        model.maxSlow = in.readFloat();
        return model;
    }

    /**
     * When a scene is known well enough to detect anomalies. Times are in ms of observed time.
     *
     * @param busyWarmUp warm-up of a busy camera
     * @param busyTracks tracks from which a camera is busy
     * @param warmUp warm-up of any other camera
     * @param tracks minimum number of tracks of any other camera
     * @param halfLife half-life of what was learned, ms of device time
     * @param sceneryStay typical stay from which stationary objects are a fixed part of the scene
     */
    public record Settings(
            long busyWarmUp,
            int busyTracks,
            long warmUp,
            int tracks,
            long halfLife,
            long sceneryStay)
            implements Serializable {

        public static final Settings DEFAULT =
                new Settings(10 * 60_000, 300, 20 * 60_000, 15, 4L * 24 * 3_600_000, 600_000);
    }
}
