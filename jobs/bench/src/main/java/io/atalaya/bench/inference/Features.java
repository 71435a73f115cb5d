package io.atalaya.bench.inference;

import java.util.SplittableRandom;

/** Made input, seeded. What the numbers are does not change how long a dense network takes. */
final class Features {
    private final int width;
    private final long seed;

    /**
     * @param width of a record
     */
    Features(int width, long seed) {
        this.width = width;
        this.seed = seed;
    }

    /** So many records, one after the other. */
    float[] of(int records) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[records * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
