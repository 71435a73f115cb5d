package io.atalaya.simulator.camera;

/** A pedestrian who walks along a line and may wait at a place. */
final class Walker {
    /** Metres by which waiting people sway; loiterers walk up and down. */
    private static final double SWAY = 0.25;

    final SceneObject object = new SceneObject(ObjectType.PERSON);
    private final Line line;
    private final boolean isBackwards;
    private final double pace;
    private final double phase;
    private double along;
    private double beside;

    /** Place and end of the wait; NaN for none. */
    private double waitAt = Double.NaN;

    private double waitBeside;
    private double roam;
    private long waitMillis;
    private long waitUntil = -1;
    private boolean isWaiting;

    /** A carried bag, or null. */
    private SceneObject bag;

    Walker(Line line, double along, double beside, boolean isBackwards, double pace, double phase) {
        this.line = line;
        this.along = along;
        this.beside = beside;
        this.isBackwards = isBackwards;
        this.pace = pace;
        this.phase = phase;
    }

    /**
     * @param roaming metres of walking up and down during the wait
     */
    Walker waiting(double at, double besideIt, long millis, double roaming) {
        waitAt = at;
        waitBeside = besideIt;
        waitMillis = millis;
        roam = roaming;
        return this;
    }

    /** Limits the wait to the given time, even after a late arrival. */
    Walker noLongerThan(long time) {
        waitUntil = time;
        return this;
    }

    Walker carrying(SceneObject object) {
        bag = object;
        return this;
    }

    void go(long time, double seconds) {
        if (isWaiting) {
            if (time >= waitUntil) {
                isWaiting = false;
                waitAt = Double.NaN;
            }
        } else {
            double step = pace * seconds;
            if (!Double.isNaN(waitAt)) {
                double leftAlong = waitAt - along;
                double leftBeside = waitBeside - beside;
                double distance = Math.sqrt(leftAlong * leftAlong + leftBeside * leftBeside);
                if (distance <= step) {
                    along = waitAt;
                    beside = waitBeside;
                    isWaiting = true;
                    waitUntil = waitUntil < 0 ? time + waitMillis : waitUntil;
                } else if (distance < 25 || Math.signum(leftAlong) != (isBackwards ? -1 : 1)) {
                    along += step * leftAlong / distance;
                    beside += step * leftBeside / distance;
                } else {
                    along += isBackwards ? -step : step;
                }
            } else {
                along += isBackwards ? -step : step;
            }
        }
        double reach = isWaiting ? SWAY + roam : 0;
        double slowly = time / 1000.0 / (roam > 0 ? 9 : 4) + phase;
        double a = along + reach * StrictMath.sin(slowly);
        double b = beside + 0.5 * reach * StrictMath.cos(0.7 * slowly);
        object.place(line.xAt(a, b), line.zAt(a, b), line.ux(), line.uz());
        if (bag != null) {
            bag.place(line.xAt(a, b + 0.45), line.zAt(a, b + 0.45), line.ux(), line.uz());
        }
    }

    boolean isWaiting() {
        return isWaiting;
    }

    boolean isGone() {
        return along < -1 || along > line.length() + 1;
    }

    SceneObject bag() {
        return bag;
    }

    /** Puts the bag down at the current place. */
    SceneObject putDown() {
        SceneObject put = bag;
        bag = null;
        return put;
    }
}
