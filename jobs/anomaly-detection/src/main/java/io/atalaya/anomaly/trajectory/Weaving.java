package io.atalaya.anomaly.trajectory;

/**
 * How much a way turns to and fro. Who weaves over the lanes is at every moment where others are
 * too, so the way is near to theirs; what none of theirs does is turn one way and the other again
 * and again. A bend, a corner or turning round is no weaving, however sharp.
 */
public final class Weaving {
    /** How much it adds to what the neighbours say, both in deviations. */
    private static final double SHARE = 0.5;

    /** Deviations that say nothing: many change a lane, and on a roundabout all turn to and fro. */
    private static final double USUAL = 2;

    /** Stretches of equal length along the way; in shorter ones boxes tremble. */
    private static final int STRETCHES = 5;

    private static final int STRIDE = (TrackFeatures.POINTS - 1) / STRETCHES;
    private static final int ALONG = 2 * TrackFeatures.POINTS;

    /** A stretch that leads less far than so much of the farthest one is trembling on the spot. */
    private static final double ON_THE_SPOT = 0.5;

    /** Nor is one so short any more, in halves of the scene: of what only stands, all tremble. */
    private static final double SHORTEST = 3 * TrackFeatures.STEP;

    private Weaving() {}

    /**
     * What it adds to a score.
     *
     * @param deviations by which it is more than usual before a camera
     */
    static double share(double deviations) {
        return SHARE * Math.max(0, deviations - USUAL);
    }

    /**
     * The turns to both sides together, less what they lead to in the end.
     *
     * @param features by {@link TrackFeatures}
     * @return radians, 0 for a way that only turns to one side
     */
    public static double of(float[] features) {
        double[] x = new double[STRETCHES];
        double[] y = new double[STRETCHES];
        double least = SHORTEST;
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
