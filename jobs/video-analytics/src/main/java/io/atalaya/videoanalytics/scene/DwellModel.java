package io.atalaya.videoanalytics.scene;

import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackDetectorState;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Typical dwell of objects in the whole view and in each cell of its grid. */
final class DwellModel {
    /** Fraction of the difference by which an alerted stay raises the typical stay at its place. */
    private static final float INCIDENT_STAY = 0.25f;

    private static final float INCIDENT_WEIGHT = 0.05f;

    private final SceneModel.Settings settings;
    private final float aspect;
    private DurationHistogram vehicles = new DurationHistogram();
    private DurationHistogram people = new DurationHistogram();

    DwellModel(SceneModel.Settings settings, float aspect) {
        this.settings = settings;
        this.aspect = aspect;
    }

    /**
     * Learns from an object in the frame.
     *
     * @param warm whether the scene is known well enough to detect anomalies
     */
    void follow(Track track, SceneGrid grid, boolean warm) {
        TrackDetectorState detectorState = track.detectorState();
        if (track.finishedStand() > 0) {
            learn(track, track.finishedStand(), track.finishedX(), track.finishedY(), grid);
            detectorState.isInOpenAlert = false;
            detectorState.isPartOfScene = false;
        } else if (track.stationaryMillis() > 30_000 && belongs(track, grid, warm)) {
            detectorState.isPartOfScene = true;
            SceneGrid.StationaryClass kind = stayOf(track.kind());
            if (kind != null) {
                grid.learnStay(
                        SceneGrid.cell(track.standX(), track.standY(), aspect),
                        kind,
                        alone(track, track.stationaryMillis()),
                        1);
            }
        }
    }

    /** Learns from an object whose track has ended. */
    void finish(Track track, SceneGrid grid) {
        learn(track, track.stationaryMillis(), track.standX(), track.standY(), grid);
    }

    /**
     * Whether the object is a fixed part of the scene. That holds while it stands there since
     * before the warm-up ended, or where objects stand for very long.
     */
    private boolean belongs(Track track, SceneGrid grid, boolean warm) {
        if (!warm || track.detectorState().isPartOfScene) {
            return true;
        }
        SceneGrid.StationaryClass kind = stayOf(track.kind());
        // Where one vehicle could stand for minutes, vehicles park; what is known of their stays
        // is short if the tracker loses them.
        long scenery =
                kind == SceneGrid.StationaryClass.VEHICLE
                        ? settings.sceneryStay() / 2
                        : settings.sceneryStay();
        return kind != null
                && !track.detectorState().isInOpenAlert
                && grid.maxStayAround(SceneGrid.cell(track.standX(), track.standY(), aspect), kind)
                        >= scenery;
    }

    /**
     * Learns a completed stay. A stay under an alert counts little, and one of a fixed object
     * counts only for its cell.
     */
    private void learn(Track track, long stay, float x, float y, SceneGrid grid) {
        SceneGrid.StationaryClass kind = stayOf(track.kind());
        long alone = alone(track, stay);
        if (kind == null || alone < 2_000) {
            return;
        }
        boolean alerted = track.detectorState().isInOpenAlert;
        grid.learnStay(SceneGrid.cell(x, y, aspect), kind, alone, alerted ? INCIDENT_STAY : 1);
        if (track.detectorState().isPartOfScene) {
            return;
        }
        float weight = alerted ? INCIDENT_WEIGHT : 1;
        if (kind == SceneGrid.StationaryClass.VEHICLE && stay >= 3_000) {
            vehicles.learn(stay, weight);
        } else if (kind == SceneGrid.StationaryClass.PERSON && stay >= 8_000) {
            people.learn(stay, weight);
        }
    }

    /** An attended item gives no evidence about items that are left behind. */
    private static long alone(Track track, long stay) {
        return track.kind() == ObjectClass.ITEM
                ? Math.min(stay, track.detectorState().unattended)
                : stay;
    }

    private static SceneGrid.StationaryClass stayOf(ObjectClass kind) {
        return switch (kind) {
            case VEHICLE -> SceneGrid.StationaryClass.VEHICLE;
            case PERSON -> SceneGrid.StationaryClass.PERSON;
            case ITEM -> SceneGrid.StationaryClass.ITEM;
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
