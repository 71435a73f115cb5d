package io.atalaya.videoanalytics.scene;

import io.atalaya.videoanalytics.track.ObjectKind;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackNotes;
import io.atalaya.videoanalytics.track.Tracks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What one camera has learned of its scene, and how the present things compare with it. Each thing
 * is judged by what was known before it, and then learned from.
 */
public final class SceneModel {
    private static final int FORMAT = 2;
    private static final long FADE_EVERY = 3_600_000;

    /** Below this share of the vehicles, a direction is nobody's. */
    private static final float NOBODYS = 0.04f;

    /** What is new is learned slowly, but it is learned: roads are turned, lanes are closed. */
    private static final float NOVEL_WEIGHT = 0.2f;

    /** Fewer passages around than this: nothing like it was seen there before. */
    private static final float NOVEL = 0.7f;

    private static final float SLOW_WEIGHT_LOG = -0.7f;

    /** By how much of the difference an incident makes a longer stay usual at its place. */
    private static final float INCIDENT_STAY = 0.25f;

    private static final float INCIDENT_WEIGHT = 0.05f;
    private static final float LEAST_SPEED = 0.05f;
    private static final float FEW = 4;
    private static final float COMMON = 0.15f;
    private static final float NEARLY_ALL = 0.7f;

    private final SceneSettings settings;
    private SceneGrid grid = new SceneGrid();
    private final float aspect;
    private Ground ground;
    private HourlyLevel speedOffset = new HourlyLevel();
    private HourlyLevel newcomers = new HourlyLevel();
    private HourlyLevel standingPeople = new HourlyLevel();
    private HourlyLevel slowVehicles = new HourlyLevel();
    private Durations vehicleStops = new Durations();
    private Durations personStays = new Durations();
    private long startedLive = -1;
    private int tracksSeen;
    private boolean warm;
    private boolean growing;
    private boolean usual = true;
    private long fadedAt;
    private float mostStanding;
    private float mostSlow;

    /**
     * @param aspect the picture's width over its height
     */
    public SceneModel(SceneSettings settings, float aspect) {
        this.settings = settings;
        this.aspect = aspect;
        this.ground = new Ground(aspect);
    }

    /**
     * Takes in what the last frame changed.
     *
     * @param isUsual whether traffic flows, so that its pace at this hour can be learned
     */
    public void observe(Tracks tracks, long time, long live, boolean isUsual) {
        usual = isUsual;
        if (startedLive < 0) {
            startedLive = live;
            fadedAt = time;
        }
        List<Track> all = tracks.all();
        for (int i = 0; i < all.size(); i++) {
            Track track = all.get(i);
            if (track.lastLive() == live) {
                follow(track, time);
                learnStanding(track);
            }
        }
        List<Track> finished = tracks.finished();
        for (int i = 0; i < finished.size(); i++) {
            finish(finished.get(i));
        }
        if (!warm) {
            long age = live - startedLive;
            growing =
                    age >= settings.busyWarmUp() / 2 && tracksSeen >= settings.busyTracks() / 2
                            || age >= settings.warmUp() / 2 && tracksSeen >= settings.tracks();
            warm =
                    age >= settings.busyWarmUp() && tracksSeen >= settings.busyTracks()
                            || age >= settings.warmUp() && tracksSeen >= settings.tracks();
        }
        if (time - fadedAt >= FADE_EVERY) {
            double hours = Math.min(time - fadedAt, settings.halfLife());
            float factor = (float) Math.pow(0.5, hours / settings.halfLife());
            grid.fade(factor);
            mostStanding *= factor;
            mostSlow *= factor;
            fadedAt = time;
        }
    }

    private void finish(Track track) {
        if (track.sightings() >= 4) {
            tracksSeen++;
        }
        learnStay(track, track.standing(), track.standX(), track.standY());
    }

    private void learnStanding(Track track) {
        TrackNotes notes = track.notes();
        if (track.finishedStand() > 0) {
            learnStay(track, track.finishedStand(), track.finishedX(), track.finishedY());
            notes.alerted = false;
            notes.ofScene = false;
        } else if (track.standing() > 30_000 && belongs(track)) {
            notes.ofScene = true;
            SceneGrid.Stay kind = stayOf(track.kind());
            if (kind != null) {
                grid.learnStay(
                        cellOf(track.standX(), track.standY()),
                        kind,
                        alone(track, track.standing()),
                        1);
            }
        }
    }

    /**
     * What stands since before anybody could tell belongs to the scene, for as long as it does; so
     * does what stands where things stand for very long.
     */
    private boolean belongs(Track track) {
        if (!warm || track.notes().ofScene) {
            return true;
        }
        SceneGrid.Stay kind = stayOf(track.kind());
        return kind != null
                && !track.notes().alerted
                && grid.longestStayAround(cellOf(track.standX(), track.standY()), kind)
                        >= settings.sceneryStay();
    }

    /**
     * A stay is over. What was an incident is hardly a habit, what belongs to the scene is none.
     */
    private void learnStay(Track track, long stay, float x, float y) {
        SceneGrid.Stay kind = stayOf(track.kind());
        long alone = alone(track, stay);
        if (kind == null || alone < 2_000) {
            return;
        }
        boolean alerted = track.notes().alerted;
        grid.learnStay(cellOf(x, y), kind, alone, alerted ? INCIDENT_STAY : 1);
        if (track.notes().ofScene) {
            return;
        }
        float weight = alerted ? INCIDENT_WEIGHT : 1;
        if (kind == SceneGrid.Stay.VEHICLE && stay >= 3_000) {
            vehicleStops.learn(stay, weight);
        } else if (kind == SceneGrid.Stay.PERSON && stay >= 8_000) {
            personStays.learn(stay, weight);
        }
    }

    /** A bag that somebody stays with teaches nothing of bags that are left. */
    private static long alone(Track track, long stay) {
        return track.kind() == ObjectKind.OBJECT ? Math.min(stay, track.notes().unattended) : stay;
    }

    private static SceneGrid.Stay stayOf(ObjectKind kind) {
        return switch (kind) {
            case VEHICLE -> SceneGrid.Stay.VEHICLE;
            case PERSON -> SceneGrid.Stay.PERSON;
            case OBJECT -> SceneGrid.Stay.OBJECT;
            case OTHER -> null;
        };
    }

    /** The cell of a place, given in picture heights. */
    public int cellOf(float x, float y) {
        return SceneGrid.cell(x / aspect, y);
    }

    /** Goes through the cells that a thing has crossed since it was seen last. */
    private void follow(Track track, long time) {
        TrackNotes notes = track.notes();
        float x = track.left() + track.width() / 2;
        float y = track.y();
        int cell = SceneGrid.cell(x, y);
        boolean sized = track.kind() == ObjectKind.VEHICLE || track.kind() == ObjectKind.PERSON;
        if (sized && !track.clipped() && cell != notes.cell) {
            ground.learn(track.y(), track.size());
        }
        compareSpeed(track, cell, time);
        if (notes.cell < 0) {
            notes.pathX = x;
            notes.pathY = y;
            if (track.kind() == ObjectKind.PERSON) {
                passPerson(notes, cell);
            }
            notes.enter(cell);
            return;
        }
        if (!track.moving()) {
            return;
        }
        boolean vehicle = track.kind() == ObjectKind.VEHICLE && ground.isKnown();
        if (vehicle && cell == notes.cell) {
            if (notes.judgedCells == 0) {
                passVehicle(notes, cell, direction(track));
            }
            countWay(track, time);
        }
        if (cell == notes.cell) {
            return;
        }
        float direction = vehicle ? direction(track) : 0;
        float dx = x - notes.pathX;
        float dy = y - notes.pathY;
        int steps =
                1 + (int) Math.max(Math.abs(dx) * SceneGrid.COLUMNS, Math.abs(dy) * SceneGrid.ROWS);
        for (int i = 1; i <= steps; i++) {
            float part = (float) i / steps;
            int crossed = SceneGrid.cell(notes.pathX + part * dx, notes.pathY + part * dy);
            if (crossed != notes.cell) {
                if (vehicle) {
                    passVehicle(notes, crossed, direction);
                } else if (track.kind() == ObjectKind.PERSON) {
                    passPerson(notes, crossed);
                }
                notes.enter(crossed);
            }
        }
        if (vehicle) {
            countWay(track, time);
        }
        notes.pathX = x;
        notes.pathY = y;
    }

    private float direction(Track track) {
        return ground.direction(
                track.motionX(), track.motionY(), track.velocityX(), track.velocityY());
    }

    private void passPerson(TrackNotes notes, int cell) {
        notes.judgedCells++;
        float support =
                Math.max(0, grid.peopleAround(cell) - notes.ownAround(cell, SceneGrid.COLUMNS));
        notes.supportLog += (float) Math.log(1 + support);
        grid.learnPerson(cell, support < NOVEL && warm ? NOVEL_WEIGHT : 1);
    }

    /** For how long it goes with the others, and for how long against them. */
    private void countWay(Track track, long time) {
        TrackNotes notes = track.notes();
        long step = Math.min(track.lastStep(), 1_000);
        if (notes.way < 0) {
            if (notes.wrongMillis == 0) {
                notes.wrongSince = time;
                notes.wrongX = track.x();
                notes.wrongY = track.y();
            }
            notes.wrongMillis += step;
        } else if (notes.way > 0) {
            notes.rightMillis += step;
        }
    }

    /** Judges a vehicle's way through a cell by all before it, and then learns from it. */
    private void passVehicle(TrackNotes notes, int cell, float direction) {
        notes.judgedCells++;
        float opposite = (direction + SceneGrid.DIRECTIONS / 2f) % SceneGrid.DIRECTIONS;
        float support =
                Math.max(
                        0,
                        grid.support(cell, direction) - notes.ownAround(cell, SceneGrid.COLUMNS));
        boolean known = grid.vehicles(cell) >= FEW;
        boolean against =
                known
                        && grid.share(cell, direction) <= NOBODYS
                        && grid.share(cell, opposite) >= NEARLY_ALL;
        boolean novel = support < NOVEL || against;
        notes.way = 0;
        if (against) {
            notes.way = -1;
            float others = grid.support(cell, opposite);
            notes.wrongLogChance += (float) Math.log((support + 1) / (support + others + 2));
        } else if (known
                && grid.share(cell, direction) > COMMON
                && grid.share(cell, opposite) <= COMMON) {
            // Where both directions share a cell, far away, it says nothing of either.
            notes.way = 1;
        }
        notes.supportLog += (float) Math.log(1 + support);
        grid.learnVehicle(cell, direction, novel && warm ? NOVEL_WEIGHT : 1);
    }

    private void compareSpeed(Track track, int cell, long time) {
        TrackNotes notes = track.notes();
        notes.speedLogRatioNow = Float.NaN;
        if (track.kind() != ObjectKind.VEHICLE
                || track.motionMillis() == 0
                || track.clipped()
                || !ground.isKnown()) {
            return;
        }
        float speed =
                ground.length(
                        track.motionX(), track.motionY(), track.velocityX(), track.velocityY());
        float log = (float) Math.log(Math.max(speed, LEAST_SPEED));
        float ratio = Float.NaN;
        if (grid.speeds(cell) >= FEW) {
            ratio = log - grid.logSpeed(cell) - speedOffset.mean(time);
            notes.speedLogRatioNow = ratio;
        }
        if (track.moving() && cell != notes.cell) {
            if (!Float.isNaN(ratio)) {
                notes.speedCells++;
                notes.speedLogRatio += ratio;
                notes.speedVariance += grid.speedVariance(cell);
                if (usual && ratio > SLOW_WEIGHT_LOG) {
                    speedOffset.learn(time, ratio);
                }
            }
            // In a jam everybody is slow: that is learned only if it lasts for very long.
            boolean unusual = ratio < SLOW_WEIGHT_LOG;
            if (!unusual || (notes.speedCells & 7) == 0) {
                grid.learnSpeed(cell, log);
            }
        }
    }

    /** Whether enough was seen, for long enough, to call anything unusual. */
    public boolean isWarm() {
        return warm;
    }

    /** Whether half of what makes a scene known was seen: from here on things can be compared. */
    public boolean isGrowing() {
        return warm || growing;
    }

    public SceneGrid grid() {
        return grid;
    }

    public Ground ground() {
        return ground;
    }

    /** New things a minute. */
    public HourlyLevel newcomers() {
        return newcomers;
    }

    /** People who stand about at a time. */
    public HourlyLevel standingPeople() {
        return standingPeople;
    }

    /** Slow vehicles at a time. */
    public HourlyLevel slowVehicles() {
        return slowVehicles;
    }

    /** How long vehicles stop here. */
    public Durations vehicleStops() {
        return vehicleStops;
    }

    /** How long people stay here. */
    public Durations personStays() {
        return personStays;
    }

    /** The most people that stood about at a time; fades. */
    public float mostStanding() {
        return mostStanding;
    }

    /** The most vehicles that were slow for a while; fades. */
    public float mostSlow() {
        return mostSlow;
    }

    /** Takes in how many people stand and vehicles are slow at present, while that is usual. */
    public void learnCounts(float standing, float slow) {
        mostStanding = Math.max(mostStanding, standing);
        mostSlow = Math.max(mostSlow, slow);
    }

    /** Forgets the scene: the camera looks elsewhere. Habits of the camera itself stay. */
    public void relearn() {
        grid = new SceneGrid();
        ground = new Ground(aspect);
        speedOffset = new HourlyLevel();
        standingPeople = new HourlyLevel();
        slowVehicles = new HourlyLevel();
        mostStanding = 0;
        mostSlow = 0;
        startedLive = -1;
        tracksSeen = 0;
        warm = false;
        growing = false;
    }

    public void write(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        grid.write(out);
        ground.write(out);
        speedOffset.write(out);
        newcomers.write(out);
        standingPeople.write(out);
        slowVehicles.write(out);
        vehicleStops.write(out);
        personStays.write(out);
        out.writeLong(startedLive);
        out.writeInt(tracksSeen);
        out.writeBoolean(warm);
        out.writeBoolean(growing);
        out.writeLong(fadedAt);
        out.writeFloat(mostStanding);
        out.writeFloat(mostSlow);
    }

    /**
     * Reads what {@link #write} wrote, in this or an older version.
     *
     * @param rows the grid of format 1, which lay beside it
     */
    public static SceneModel read(
            SceneSettings settings, float aspect, SceneGrid rows, DataInput in) throws IOException {
        int format = in.readByte();
        if (format < 1 || format > FORMAT) {
            throw new IOException(
                    "scene: format " + format + " is unknown, expected 1 to " + FORMAT);
        }
        SceneModel model = new SceneModel(settings, aspect);
        model.grid = format == 1 ? rows : SceneGrid.read(in);
        model.ground = Ground.read(aspect, in);
        model.speedOffset = HourlyLevel.read(in);
        model.newcomers = HourlyLevel.read(in);
        model.standingPeople = HourlyLevel.read(in);
        model.slowVehicles = HourlyLevel.read(in);
        model.vehicleStops = Durations.read(in);
        model.personStays = Durations.read(in);
        model.startedLive = in.readLong();
        model.tracksSeen = in.readInt();
        model.warm = in.readBoolean();
        model.growing = in.readBoolean();
        model.fadedAt = in.readLong();
        model.mostStanding = in.readFloat();
        model.mostSlow = in.readFloat();
        return model;
    }
}
