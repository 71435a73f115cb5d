package io.atalaya.anomaly.series;

/** Numbers for a network, in a fixed order. */
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

    /** Of a number that may be large on either side. */
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
