package io.atalaya.anomaly.track;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * A {@link SceneDensityState} as bytes: a version, the embedding's width, the number of prototypes,
 * then the fields in their order, big-endian. With 24 dimensions and 128 prototypes 16.8 KB.
 */
public final class SceneDensityBytes {
    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Short.BYTES + Short.BYTES + Long.BYTES + Double.BYTES;

    private SceneDensityBytes() {}

    /** Writes the newest version. */
    public static byte[] write(SceneDensityState state, int dimensions) {
        int prototypes = state.means().length;
        ByteBuffer out =
                ByteBuffer.allocate(
                        HEAD
                                + state.metricProducts().length * Double.BYTES
                                + prototypes * (dimensions * Float.BYTES + 2 * Double.BYTES));
        out.put(VERSION).putShort((short) dimensions).putShort((short) prototypes);
        out.putLong(state.seen()).putDouble(state.metricWeight());
        for (double product : state.metricProducts()) {
            out.putDouble(product);
        }
        for (int i = 0; i < prototypes; i++) {
            for (float value : state.means()[i]) {
                out.putFloat(value);
            }
            out.putDouble(state.weights()[i]).putDouble(state.spreads()[i]);
        }
        return out.array();
    }

    /**
     * Reads any version that was ever written.
     *
     * @throws IllegalArgumentException if the version is unknown, the embedding has another width,
     *     or the bytes end too early: a silent misread is worse than a stop
     */
    public static SceneDensityState read(byte[] bytes, int dimensions) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "scene density: version: got %d, this build reads %d"
                                .formatted(version, VERSION));
            }
            int width = in.getShort();
            if (width != dimensions) {
                throw new IllegalArgumentException(
                        ("scene density: dimensions: got %d, expected %d: it was learned with another"
                                        + " model")
                                .formatted(width, dimensions));
            }
            int prototypes = in.getShort();
            long seen = in.getLong();
            double metricWeight = in.getDouble();
            double[] products = new double[dimensions * (dimensions + 1) / 2];
            for (int i = 0; i < products.length; i++) {
                products[i] = in.getDouble();
            }
            float[][] means = new float[prototypes][dimensions];
            double[] weights = new double[prototypes];
            double[] spreads = new double[prototypes];
            for (int i = 0; i < prototypes; i++) {
                for (int j = 0; j < dimensions; j++) {
                    means[i][j] = in.getFloat();
                }
                weights[i] = in.getDouble();
                spreads[i] = in.getDouble();
            }
            return new SceneDensityState(seen, metricWeight, products, means, weights, spreads);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException(
                    "scene density: it ends after " + bytes.length + " bytes, expected more", e);
        }
    }
}
