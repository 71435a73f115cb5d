package io.atalaya.anomaly.series;

/** Input features of a network, in a fixed order. */
final class Features {
    private final float[] values;
    private int size;

    Features(int size) {
        values = new float[size];
    }

    Features add(double value) {
        values[size++] = (float) value;
        return this;
    }

    /** Adds the signed logarithm of a number that may be large in either direction. */
    Features addSignedLog(double value) {
        return add(Math.signum(value) * Math.log1p(Math.abs(value)));
    }

    float[] values() {
        if (size != values.length) {
            throw new IllegalStateException(size + " features, expected " + values.length);
        }
        return values;
    }
}
