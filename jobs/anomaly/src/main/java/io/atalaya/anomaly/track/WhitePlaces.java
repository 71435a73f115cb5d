package io.atalaya.anomaly.track;

/**
 * Where the prototypes of a scene lie in its metric's space, by dimension and side by side, so that
 * the processor works on several at a time. One a thread: cameras are many, each is asked seldom,
 * and nothing of it outlives the question.
 */
final class WhitePlaces {
    private static final ThreadLocal<WhitePlaces> MINE = ThreadLocal.withInitial(WhitePlaces::new);

    private double[][] white = {};
    private int size;

    /**
     * @param means of the prototypes, {@code [dimension][prototype]}
     * @param metric takes them into its space
     */
    static WhitePlaces of(float[][] means, int size, Covariance metric) {
        WhitePlaces places = MINE.get();
        if (places.white.length != means.length || places.white[0].length < size) {
            places.white = new double[means.length][means[0].length];
        }
        places.size = size;
        metric.whiten(means, size, places.white);
        return places;
    }

    /** The place of a prototype. */
    double[] of(int prototype) {
        double[] at = new double[white.length];
        for (int k = 0; k < at.length; k++) {
            at[k] = white[k][prototype];
        }
        return at;
    }

    /** Squared distances of a place from the prototypes. */
    double[] squares(double[] at) {
        double[] squares = new double[size];
        for (int k = 0; k < at.length; k++) {
            addSquares(at[k], white[k], squares);
        }
        return squares;
    }

    private static void addSquares(double at, double[] places, double[] squares) {
        for (int i = 0; i < squares.length; i++) {
            double difference = at - places[i];
            squares[i] += difference * difference;
        }
    }
}
