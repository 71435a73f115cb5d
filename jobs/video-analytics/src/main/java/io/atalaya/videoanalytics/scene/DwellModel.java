package io.atalaya.videoanalytics.scene;

import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackDetectorState;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How long things stay, in the whole picture and in each cell of its grid. */
final class DwellModel {
    /** By how much of the difference an incident makes a longer stay usual at its place. */
    private static final float INCIDENT_STAY = 0.25f;

    private static final float INCIDENT_WEIGHT = 0.05f;

    private final SceneSettings settings;
    private final float aspect;
    private DurationHistogram vehicles = new DurationHistogram();
    private DurationHistogram people = new DurationHistogram();

    DwellModel(SceneSettings settings, float aspect) {
        this.settings = settings;
        this.aspect = aspect;
    }

    /**
     * Takes in a thing that was seen.
     *
     * @param warm whether enough was seen before it to call anything unusual
     */
    void follow(Track track, SceneGrid grid, boolean warm) {
        TrackDetectorState detectorState = track.detectorState();
        if (track.finishedStand() > 0) {
            learn(track, track.finishedStand(), track.finishedX(), track.finishedY(), grid);
            detectorState.alerted = false;
            detectorState.ofScene = false;
        } else if (track.standing() > 30_000 && belongs(track, grid, warm)) {
            detectorState.ofScene = true;
            SceneGrid.Stay kind = stayOf(track.kind());
            if (kind != null) {
                grid.learnStay(
                        SceneGrid.cell(track.standX(), track.standY(), aspect),
                        kind,
                        alone(track, track.standing()),
                        1);
            }
        }
    }

    /** Takes in a thing that is gone. */
    void finish(Track track, SceneGrid grid) {
        learn(track, track.standing(), track.standX(), track.standY(), grid);
    }

    /**
     * What stands since before anybody could tell belongs to the scene, for as long as it does; so
     * does what stands where things stand for very long.
     */
    private boolean belongs(Track track, SceneGrid grid, boolean warm) {
        if (!warm || track.detectorState().ofScene) {
            return true;
        }
        SceneGrid.Stay kind = stayOf(track.kind());
        return kind != null
                && !track.detectorState().alerted
                && grid.longestStayAround(
                                SceneGrid.cell(track.standX(), track.standY(), aspect), kind)
                        >= settings.sceneryStay();
    }

    /**
     * A stay is over. What was an incident is hardly a habit, what belongs to the scene is none.
     */
    private void learn(Track track, long stay, float x, float y, SceneGrid grid) {
        SceneGrid.Stay kind = stayOf(track.kind());
        long alone = alone(track, stay);
        if (kind == null || alone < 2_000) {
            return;
        }
        boolean alerted = track.detectorState().alerted;
        grid.learnStay(SceneGrid.cell(x, y, aspect), kind, alone, alerted ? INCIDENT_STAY : 1);
        if (track.detectorState().ofScene) {
            return;
        }
        float weight = alerted ? INCIDENT_WEIGHT : 1;
        if (kind == SceneGrid.Stay.VEHICLE && stay >= 3_000) {
            vehicles.learn(stay, weight);
        } else if (kind == SceneGrid.Stay.PERSON && stay >= 8_000) {
            people.learn(stay, weight);
        }
    }

    /** A bag that somebody stays with teaches nothing of bags that are left. */
    private static long alone(Track track, long stay) {
        return track.kind() == ObjectClass.OBJECT
                ? Math.min(stay, track.detectorState().unattended)
                : stay;
    }

    private static SceneGrid.Stay stayOf(ObjectClass kind) {
        return switch (kind) {
            case VEHICLE -> SceneGrid.Stay.VEHICLE;
            case PERSON -> SceneGrid.Stay.PERSON;
            case OBJECT -> SceneGrid.Stay.OBJECT;
            case OTHER -> null;
        };
    }

    DurationHistogram vehicles() {
        return vehicles;
    }

    DurationHistogram people() {
        return people;
    }

    void write(DataOutput out) throws IOException {
        vehicles.write(out);
        people.write(out);
    }

    void read(DataInput in) throws IOException {
        vehicles = DurationHistogram.read(in);
        people = DurationHistogram.read(in);
    }
}
