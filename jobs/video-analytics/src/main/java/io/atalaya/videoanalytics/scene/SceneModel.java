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
    private static final int FORMAT = 1;
    private static final long FADE_EVERY = 3_600_000;

    /** Below this share of the vehicles, a direction is nobody's. */
    private static final float NOBODYS = 0.04f;

    /** What went against the others is learned slowly, but it is learned: roads are turned. */
    private static final float AGAINST_WEIGHT = 0.5f;

    private static final float SLOW_WEIGHT_LOG = -0.7f;
    private static final float LEAST_SPEED = 0.05f;
    private static final float FEW = 4;

    private final SceneSettings settings;
    private SceneGrid grid = new SceneGrid();
    private Ground ground = new Ground();
    private HourlyLevel speedOffset = new HourlyLevel();
    private HourlyLevel newcomers = new HourlyLevel();
    private HourlyLevel standingPeople = new HourlyLevel();
    private HourlyLevel slowVehicles = new HourlyLevel();
    private Durations vehicleStops = new Durations();
    private Durations personStays = new Durations();
    private long startedLive = -1;
    private int tracksSeen;
    private boolean warm;
    private long fadedAt;
    private float mostStanding;
    private float mostSlow;

    public SceneModel(SceneSettings settings) {
        this.settings = settings;
    }

    /** Takes in what the last frame changed. */
    public void observe(Tracks tracks, long time, long live) {
        if (startedLive < 0) {
            startedLive = live;
            fadedAt = time;
        }
        List<Track> all = tracks.all();
        for (int i = 0; i < all.size(); i++) {
            Track track = all.get(i);
            if (track.lastLive() == live) {
                follow(track, time);
                learnFinishedStand(track);
            }
        }
        List<Track> finished = tracks.finished();
        for (int i = 0; i < finished.size(); i++) {
            finish(finished.get(i));
        }
        if (!warm) {
            long age = live - startedLive;
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

    private void learnFinishedStand(Track track) {
        if (track.finishedStand() > 0) {
            learnStay(track, track.finishedStand(), track.finishedX(), track.finishedY());
            track.notes().alerted = false;
        } else if (!warm && track.standing() > 30_000) {
            // What stands since before anybody could tell belongs to the scene, ended or not.
            learnStay(track, track.standing(), track.standX(), track.standY());
        }
    }

    private void learnStay(Track track, long stay, float x, float y) {
        SceneGrid.Stay kind = stayOf(track.kind());
        if (kind == null || stay < 2_000) {
            return;
        }
        float weight = track.notes().alerted ? 0.25f : 1;
        grid.learnStay(cellOf(x, y, track), kind, stay, weight);
        boolean ended = track.finishedStand() > 0 || warm;
        if (ended && kind == SceneGrid.Stay.VEHICLE && stay >= 3_000) {
            vehicleStops.learn(stay, weight);
        } else if (ended && kind == SceneGrid.Stay.PERSON && stay >= 8_000) {
            personStays.learn(stay, weight);
        }
    }

    private static SceneGrid.Stay stayOf(ObjectKind kind) {
        return switch (kind) {
            case VEHICLE -> SceneGrid.Stay.VEHICLE;
            case PERSON -> SceneGrid.Stay.PERSON;
            case OBJECT -> SceneGrid.Stay.OBJECT;
            case OTHER -> null;
        };
    }

    private static int cellOf(float x, float y, Track track) {
        // The track's lengths are in picture heights; its own box gives the scale back.
        float aspect = track.x() / Math.max(1e-6f, track.left() + track.width() / 2);
        return SceneGrid.cell(x / Math.max(aspect, 1e-6f), y);
    }

    /** Goes through the cells that a thing has crossed since it was seen last. */
    private void follow(Track track, long time) {
        TrackNotes notes = track.notes();
        float x = track.left() + track.width() / 2;
        float y = track.y();
        int cell = SceneGrid.cell(x, y);
        if (track.kind() == ObjectKind.VEHICLE && !track.clipped() && cell != notes.cell) {
            ground.learn(track.y(), track.size());
        }
        compareSpeed(track, cell, time);
        if (notes.cell < 0) {
            notes.cell = cell;
            notes.pathX = x;
            notes.pathY = y;
            if (track.kind() == ObjectKind.PERSON) {
                passPerson(notes, cell);
            }
            return;
        }
        if (!track.moving() || cell == notes.cell) {
            return;
        }
        float dx = x - notes.pathX;
        float dy = y - notes.pathY;
        int steps =
                1
                        + (int)
                                Math.max(
                                        Math.abs(dx) * SceneGrid.COLUMNS,
                                        Math.abs(dy) * SceneGrid.ROWS);
        float direction = SceneGrid.direction(track.velocityX(), track.velocityY());
        for (int i = 1; i <= steps; i++) {
            float part = (float) i / steps;
            int crossed = SceneGrid.cell(notes.pathX + part * dx, notes.pathY + part * dy);
            if (crossed != notes.cell) {
                notes.cell = crossed;
                if (track.kind() == ObjectKind.VEHICLE) {
                    passVehicle(track, crossed, direction, time);
                } else if (track.kind() == ObjectKind.PERSON) {
                    passPerson(notes, crossed);
                }
            }
        }
        notes.pathX = x;
        notes.pathY = y;
    }

    private void passPerson(TrackNotes notes, int cell) {
        notes.judgedCells++;
        if (grid.peopleAround(cell) < 0.5f) {
            notes.novelCells++;
        }
        grid.learnPerson(cell);
    }

    private void passVehicle(Track track, int cell, float direction, long time) {
        TrackNotes notes = track.notes();
        notes.judgedCells++;
        float count = grid.vehicles(cell);
        float weight = 1;
        if (grid.vehiclesAround(cell) < 0.5f) {
            notes.novelCells++;
        } else if (count >= FEW) {
            float share = grid.share(cell, direction);
            float opposite =
                    grid.share(
                            cell,
                            (direction + SceneGrid.DIRECTIONS / 2f) % SceneGrid.DIRECTIONS);
            if (share <= NOBODYS && opposite >= 0.7f) {
                if (notes.wrongCells == 0) {
                    notes.wrongSince = time;
                }
                notes.wrongCells++;
                notes.wrongX = track.left() + track.width() / 2;
                notes.wrongY = track.y();
                notes.wrongLogChance += (float) Math.log((share * count + 1) / (count + 2));
                weight = AGAINST_WEIGHT;
            } else if (share > 0.15f) {
                notes.rightCells++;
            }
        }
        grid.learnVehicle(cell, direction, weight);
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
                        track.motionX(),
                        track.motionY(),
                        track.velocityX(),
                        track.velocityY());
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
                if (ratio > SLOW_WEIGHT_LOG) {
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
        ground = new Ground();
        speedOffset = new HourlyLevel();
        standingPeople = new HourlyLevel();
        slowVehicles = new HourlyLevel();
        mostStanding = 0;
        mostSlow = 0;
        startedLive = -1;
        tracksSeen = 0;
        warm = false;
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
        out.writeLong(fadedAt);
        out.writeFloat(mostStanding);
        out.writeFloat(mostSlow);
    }

    public static SceneModel read(SceneSettings settings, DataInput in) throws IOException {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("scene: format " + format + " is unknown, expected " + FORMAT);
        }
        SceneModel model = new SceneModel(settings);
        model.grid = SceneGrid.read(in);
        model.ground = Ground.read(in);
        model.speedOffset = HourlyLevel.read(in);
        model.newcomers = HourlyLevel.read(in);
        model.standingPeople = HourlyLevel.read(in);
        model.slowVehicles = HourlyLevel.read(in);
        model.vehicleStops = Durations.read(in);
        model.personStays = Durations.read(in);
        model.startedLive = in.readLong();
        model.tracksSeen = in.readInt();
        model.warm = in.readBoolean();
        model.fadedAt = in.readLong();
        model.mostStanding = in.readFloat();
        model.mostSlow = in.readFloat();
        return model;
    }
}
