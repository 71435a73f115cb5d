package io.atalaya.videoanalytics.scene;

import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackDetectorState;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Directions and speeds of objects in each cell of the grid. Each object is first compared with
 * what was learned before, and then learned.
 */
final class FlowModel {
    /** A direction with a smaller share of the vehicles is not a direction of the traffic. */
    private static final float UNUSED_SHARE = 0.04f;

    /** A new direction is learned slowly, because a road may be reversed or a lane closed. */
    private static final float NOVEL_WEIGHT = 0.2f;

    /** With fewer passages around, the direction is new there. */
    private static final float NOVEL = 0.7f;

    private static final float SLOW_WEIGHT_LOG = -0.7f;
    private static final float MIN_SPEED = 0.05f;

    /**
     * Log ratio at which speeds are capped, about 20,000 times the typical speed: a box that
     * jumped.
     */
    private static final float MAX_LOG_RATIO = 10;

    private static final float FEW = 4;

    /**
     * Passages in a cell and around it that stand for {@link #FEW} in the cell: each leaves three.
     */
    private static final float FEW_AROUND = 3 * FEW;

    /** A vehicle that stands for longer, ms, has no direction: its box may tremble or sway. */
    private static final long STANDS = 4_000;

    /**
     * Share of the vehicles of the cells around that stray into one where all others go the other
     * way. Far away the next lane is the next cell.
     */
    private static final float STRAYING = 0.1f;

    private static final float COMMON = 0.15f;
    private static final float NEARLY_ALL = 0.7f;

    private final SceneGrid grid;
    private final GroundPlane groundPlane;
    private final HourlyBaseline speedOffset;

    /** Creates an empty model. */
    FlowModel(SceneGrid grid, float aspect) {
        this(grid, new GroundPlane(aspect), new HourlyBaseline());
    }

    private FlowModel(SceneGrid grid, GroundPlane groundPlane, HourlyBaseline speedOffset) {
        this.grid = grid;
        this.groundPlane = groundPlane;
        this.speedOffset = speedOffset;
    }

    /**
     * Processes the cells that an object has crossed since its last detection.
     *
     * @param typical whether traffic flows, so that its speed at this hour can be learned
     * @param warm whether the scene is known well enough to detect anomalies
     */
    void follow(Track track, long time, boolean typical, boolean warm) {
        TrackDetectorState detectorState = track.detectorState();
        float x = track.left() + track.width() / 2;
        float y = track.y();
        int cell = SceneGrid.cell(x, y);
        boolean sized = track.kind() == ObjectClass.VEHICLE || track.kind() == ObjectClass.PERSON;
        if (sized && !track.isClipped() && cell != detectorState.cell) {
            groundPlane.learn(track.y(), track.size());
        }
        compareSpeed(track, cell, time, typical);
        if (detectorState.cell < 0) {
            // What was seen before the track was established belongs to it.
            detectorState.pathX = track.isNew() ? track.firstX() : x;
            detectorState.pathY = track.isNew() ? track.firstY() : y;
            int first = SceneGrid.cell(detectorState.pathX, detectorState.pathY);
            if (track.kind() == ObjectClass.PERSON) {
                passPerson(detectorState, first, warm);
            }
            detectorState.enter(first);
            if (!track.isNew()) {
                return;
            }
        }
        if (!track.isMoving()) {
            if (track.stationaryMillis() >= STANDS) {
                detectorState.dropWrongWay();
            }
            return;
        }
        boolean vehicle = track.kind() == ObjectClass.VEHICLE && groundPlane.isKnown();
        if (vehicle && cell == detectorState.cell) {
            if (detectorState.scoredCells == 0) {
                passVehicle(detectorState, cell, direction(track), warm);
            } else if (detectorState.direction < 0 && grid.share(cell, direction(track)) > COMMON) {
                // It entered the cell against the traffic because the view swayed or a box jumped.
                detectorState.direction = 0;
            }
            countDirection(track, time);
        }
        if (cell == detectorState.cell) {
            return;
        }
        float direction = vehicle ? direction(track) : 0;
        float dx = x - detectorState.pathX;
        float dy = y - detectorState.pathY;
        int steps =
                1 + (int) Math.max(Math.abs(dx) * SceneGrid.COLUMNS, Math.abs(dy) * SceneGrid.ROWS);
        for (int i = 1; i <= steps; i++) {
            float part = (float) i / steps;
            int crossed =
                    SceneGrid.cell(
                            detectorState.pathX + part * dx, detectorState.pathY + part * dy);
            if (crossed != detectorState.cell) {
                if (vehicle) {
                    passVehicle(detectorState, crossed, direction, warm);
                } else if (track.kind() == ObjectClass.PERSON) {
                    passPerson(detectorState, crossed, warm);
                }
                detectorState.enter(crossed);
            }
        }
        if (vehicle) {
            countDirection(track, time);
        }
        detectorState.pathX = x;
        detectorState.pathY = y;
    }

    private float direction(Track track) {
        return groundPlane.direction(
                track.motionX(), track.motionY(), track.velocityX(), track.velocityY());
    }

    private void passPerson(TrackDetectorState detectorState, int cell, boolean warm) {
        detectorState.scoredCells++;
        float support =
                Math.max(
                        0,
                        grid.peopleAround(cell) - detectorState.ownAround(cell, SceneGrid.COLUMNS));
        detectorState.supportLog += (float) Math.log(1 + support);
        grid.learnPerson(cell, support < NOVEL && warm ? NOVEL_WEIGHT : 1);
    }

    /** Counts the time with the traffic and against it. */
    private void countDirection(Track track, long time) {
        TrackDetectorState detectorState = track.detectorState();
        long step = Math.min(track.lastStep(), 1_000);
        if (detectorState.direction < 0) {
            if (detectorState.wrongSince == 0) {
                detectorState.wrongSince = time;
                detectorState.wrongX = track.x();
                detectorState.wrongY = track.y();
            }
            detectorState.wrongMillis += step;
        } else if (detectorState.direction > 0) {
            detectorState.rightMillis += step;
        }
    }

    /** Compares a vehicle's direction in a cell with all earlier ones, and then learns it. */
    private void passVehicle(
            TrackDetectorState detectorState, int cell, float direction, boolean warm) {
        detectorState.scoredCells++;
        float opposite = (direction + SceneGrid.DIRECTIONS / 2f) % SceneGrid.DIRECTIONS;
        float support =
                Math.max(
                        0,
                        grid.support(cell, direction)
                                - detectorState.ownAround(cell, SceneGrid.COLUMNS));
        boolean known = grid.vehicles(cell) >= FEW;
        boolean against =
                grid.vehicles(cell) >= NOVEL
                        && grid.share(cell, direction) <= UNUSED_SHARE
                        && grid.share(cell, opposite) >= NEARLY_ALL
                        && (known || isAgainstAllAround(cell, opposite, support));
        boolean novel = support < NOVEL || against;
        detectorState.direction = 0;
        if (against) {
            detectorState.direction = -1;
            float others = grid.support(cell, opposite);
            float own = grid.share(cell, direction) * grid.vehicles(cell);
            float strayed = Math.min(support, own + STRAYING * support);
            detectorState.wrongLogChance +=
                    (float) Math.log((strayed + 1) / (strayed + others + 2));
        } else if (known
                && grid.share(cell, direction) > COMMON
                && grid.share(cell, opposite) <= COMMON) {
            // A far cell that both directions share gives no evidence about either.
            detectorState.direction = 1;
        }
        detectorState.supportLog += (float) Math.log(1 + support);
        grid.learnVehicle(cell, direction, novel && warm ? NOVEL_WEIGHT : 1);
    }

    /** On a lane that few vehicles have taken, those beside it must agree. */
    private boolean isAgainstAllAround(int cell, float opposite, float support) {
        float others = grid.support(cell, opposite);
        return others >= FEW_AROUND && support <= UNUSED_SHARE * others;
    }

    private void compareSpeed(Track track, int cell, long time, boolean typical) {
        TrackDetectorState detectorState = track.detectorState();
        detectorState.isSpeedCurrent = false;
        if (track.kind() != ObjectClass.VEHICLE
                || track.motionMillis() == 0
                || track.isClipped()
                || !groundPlane.isKnown()) {
            return;
        }
        float speed =
                groundPlane.length(
                        track.motionX(), track.motionY(), track.velocityX(), track.velocityY());
        float log = (float) Math.log(Math.max(speed, MIN_SPEED));
        float ratio = 0;
        if (grid.speeds(cell) >= FEW) {
            ratio = log - grid.logSpeed(cell) - speedOffset.mean(time);
            ratio = Math.max(-MAX_LOG_RATIO, Math.min(MAX_LOG_RATIO, ratio));
            detectorState.speedLogRatioNow = ratio;
            detectorState.isSpeedCurrent = true;
        }
        if (track.isMoving() && cell != detectorState.cell) {
            if (detectorState.isSpeedCurrent) {
                detectorState.speedCells++;
                detectorState.speedLogRatio += ratio;
                detectorState.speedVariance += grid.speedVariance(cell);
                if (typical && ratio > SLOW_WEIGHT_LOG) {
                    speedOffset.learn(time, ratio);
                }
            }
            // During congestion all vehicles are slow; only every 8th such cell is learned, so that
            // only a very long change counts.
            boolean unusual = detectorState.isSpeedCurrent && ratio < SLOW_WEIGHT_LOG;
            if (!unusual || (detectorState.speedCells & 7) == 0) {
                grid.learnSpeed(cell, log);
            }
        }
    }

    GroundPlane groundPlane() {
        return groundPlane;
    }

    /** Writes everything except the grid. */
    void write(DataOutput out) throws IOException {
        groundPlane.write(out);
        speedOffset.write(out);
    }

    static FlowModel read(SceneGrid grid, float aspect, DataInput in) throws IOException {
        return new FlowModel(grid, GroundPlane.read(aspect, in), HourlyBaseline.read(in));
    }
}
