package io.atalaya.simulator.camera;

/** Somebody on foot: walks along a line, and may wait at a place on the way. */
final class Walker {
    /** Sways as people do who wait; loiterers go up and down. */
    private static final double SWAY = 0.25;

    final Figure figure = new Figure(Body.PERSON);
    private final Line line;
    private final boolean backwards;
    private final double pace;
    private final double phase;
    private double along;
    private double beside;

    /** Where and until when it waits; NaN: it does not. */
    private double waitAt = Double.NaN;

    private double waitBeside;
    private double roam;
    private long waitMillis;
    private long waitUntil = -1;
    private boolean waits;

    /** A bag in the hand, or null. */
    private Figure bag;

    Walker(Line line, double along, double beside, boolean backwards, double pace, double phase) {
        this.line = line;
        this.along = along;
        this.beside = beside;
        this.backwards = backwards;
        this.pace = pace;
        this.phase = phase;
    }

    /**
     * @param roaming metres that it goes up and down while it waits
     */
    Walker waiting(double at, double besideIt, long millis, double roaming) {
        waitAt = at;
        waitBeside = besideIt;
        waitMillis = millis;
        roam = roaming;
        return this;
    }

    /** Waits at most until then, however late it came. */
    Walker noLongerThan(long time) {
        waitUntil = time;
        return this;
    }

    Walker carrying(Figure thing) {
        bag = thing;
        return this;
    }

    void go(long time, double seconds) {
        if (waits) {
            if (time >= waitUntil) {
                waits = false;
                waitAt = Double.NaN;
            }
        } else {
            double step = pace * seconds;
            if (!Double.isNaN(waitAt)) {
                double leftAlong = waitAt - along;
                double leftBeside = waitBeside - beside;
                double way = Math.sqrt(leftAlong * leftAlong + leftBeside * leftBeside);
                if (way <= step) {
                    along = waitAt;
                    beside = waitBeside;
                    waits = true;
                    waitUntil = waitUntil < 0 ? time + waitMillis : waitUntil;
                } else if (way < 25 || Math.signum(leftAlong) != (backwards ? -1 : 1)) {
                    along += step * leftAlong / way;
                    beside += step * leftBeside / way;
                } else {
                    along += backwards ? -step : step;
                }
            } else {
                along += backwards ? -step : step;
            }
        }
        double reach = waits ? SWAY + roam : 0;
        double slowly = time / 1000.0 / (roam > 0 ? 9 : 4) + phase;
        double a = along + reach * StrictMath.sin(slowly);
        double b = beside + 0.5 * reach * StrictMath.cos(0.7 * slowly);
        figure.place(line.xAt(a, b), line.zAt(a, b), line.ux(), line.uz());
        if (bag != null) {
            bag.place(line.xAt(a, b + 0.45), line.zAt(a, b + 0.45), line.ux(), line.uz());
        }
    }

    boolean isWaiting() {
        return waits;
    }

    boolean isGone() {
        return along < -1 || along > line.length() + 1;
    }

    Figure bag() {
        return bag;
    }

    /** Puts the bag down where it stands. */
    Figure putDown() {
        Figure put = bag;
        bag = null;
        return put;
    }
}
