package io.atalaya.anomaly.trajectory;

/**
 * How much a trajectory turns in alternate directions. A vehicle that weaves between lanes is
 * always where others are, so its trajectory is near to theirs; but theirs do not turn left and
 * right again and again. A bend, a corner or a U-turn is not weaving, however sharp it is.
 */
public final class Weaving {
    /** Weight relative to the score of the neighbours, both in deviations. */
    private static final double SHARE = 0.5;

    /**
     * Deviations below this add nothing, because many vehicles change lanes, and all of them turn
     * both ways on a roundabout.
     */
    private static final double TYPICAL = 2;

    /** Number of stretches of equal length along the trajectory; in shorter ones boxes jitter. */
    private static final int STRETCHES = 5;

    private static final int STRIDE = (TrackFeatures.POINTS - 1) / STRETCHES;
    private static final int ALONG = 2 * TrackFeatures.POINTS;

    /** A stretch that covers less than this share of the longest one is jitter on the spot. */
    private static final double ON_THE_SPOT = 0.5;

    /**
     * Minimum length of a stretch, in halves of the scene, because all stretches of a stationary
     * object are jitter.
     */
    private static final double MIN_LENGTH = 3 * TrackFeatures.STEP;

    private Weaving() {}

    /**
     * Contribution to a score.
     *
     * @param deviations by which it exceeds what is typical at a camera
     */
    static double share(double deviations) {
        return SHARE * Math.max(0, deviations - TYPICAL);
    }

    /**
     * Sum of the turns to both sides, minus the net turn.
     *
     * @param features by {@link TrackFeatures}
     * @return radians, 0 for a trajectory that turns only to one side
     */
    public static double of(float[] features) {
        double[] x = new double[STRETCHES];
        double[] y = new double[STRETCHES];
        double least = MIN_LENGTH;
        for (int i = 0; i < STRETCHES; i++) {
            int from = ALONG + 2 * STRIDE * i;
            int to = from + 2 * STRIDE;
            x[i] = features[to] - features[from];
            y[i] = features[to + 1] - features[from + 1];
            least = Math.max(least, ON_THE_SPOT * Math.hypot(x[i], y[i]));
        }
        double turned = 0;
        double inTheEnd = 0;
        double heading = Double.NaN;
        for (int i = 0; i < STRETCHES; i++) {
            if (Math.hypot(x[i], y[i]) >= least) {
                double next = Math.atan2(y[i], x[i]);
                if (!Double.isNaN(heading)) {
                    double turn = Math.IEEEremainder(next - heading, 2 * Math.PI);
                    turned += Math.abs(turn);
                    inTheEnd += turn;
                }
                heading = next;
            }
        }
        return turned - Math.abs(inTheEnd);
    }
}
