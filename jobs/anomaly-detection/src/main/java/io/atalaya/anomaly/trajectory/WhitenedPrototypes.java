package io.atalaya.anomaly.trajectory;

/**
 * Prototypes of a scene in its metric's space, by dimension, so that the processor works on several
 * at a time. There is one instance per thread: there are many cameras, each is used rarely, and the
 * content is valid for one score only.
 */
final class WhitenedPrototypes {
    private static final ThreadLocal<WhitenedPrototypes> MINE =
            ThreadLocal.withInitial(WhitenedPrototypes::new);

    private float[][] white = {};
    private int size;

    /**
     * @param means of the prototypes, {@code [dimension][prototype]}
     * @param metric transformation into its space
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

    /** The whitened vector of a prototype. */
    float[] of(int prototype) {
        float[] at = new float[white.length];
        for (int k = 0; k < at.length; k++) {
            at[k] = white[k][prototype];
        }
        return at;
    }

    /** Squared distances of a vector from the prototypes. */
    float[] squares(float[] at) {
        return Squares.of(at, white, size);
    }
}
