package io.atalaya.bench.inference;

import java.util.SplittableRandom;

/** Seeded random input. The values do not affect the time of a dense network. */
final class Features {
    private final int width;
    private final long seed;

    /**
     * @param width features per record
     */
    Features(int width, long seed) {
        this.width = width;
        this.seed = seed;
    }

    /** The features of so many records, one record after the other. */
    float[] of(int records) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[records * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
