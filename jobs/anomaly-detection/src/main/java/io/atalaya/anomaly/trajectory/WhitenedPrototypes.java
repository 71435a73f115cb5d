package io.atalaya.anomaly.trajectory;

/**
 * Where the prototypes of a scene lie in its metric's space, by dimension and side by side, so that
 * the processor works on several at a time. One a thread: cameras are many, each is asked seldom,
 * and nothing of it outlives the question.
 */
final class WhitenedPrototypes {
    private static final ThreadLocal<WhitenedPrototypes> MINE =
            ThreadLocal.withInitial(WhitenedPrototypes::new);

    private float[][] white = {};
    private int size;

    /**
     * @param means of the prototypes, {@code [dimension][prototype]}
     * @param metric takes them into its space
     */
    static WhitenedPrototypes of(float[][] means, int size, Whitening metric) {
        WhitenedPrototypes places = MINE.get();
        if (places.white.length != means.length || places.white[0].length < size) {
            places.white = new float[means.length][means[0].length];
        }
        places.size = size;
        metric.of(means, size, places.white);
        return places;
    }

    /** The place of a prototype. */
    float[] of(int prototype) {
        float[] at = new float[white.length];
        for (int k = 0; k < at.length; k++) {
            at[k] = white[k][prototype];
        }
        return at;
    }

    /** Squared distances of a place from the prototypes. */
    float[] squares(float[] at) {
        return Squares.of(at, white, size);
    }
}
