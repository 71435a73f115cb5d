package io.atalaya.anomaly.trajectory;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Binary form of {@link TrajectoryModel.State}: a version, the embedding's width, the number of
 * prototypes, then the fields in order, big-endian. It takes 19.4 KB with 24 dimensions and 128
 * prototypes.
 */
public final class TrajectoryModelBytes {
    private static final byte VERSION = 1;
    private static final int HEAD = Byte.BYTES + 2 * Short.BYTES + Long.BYTES + 9 * Double.BYTES;

    private TrajectoryModelBytes() {}

    /**
     * Writes a model.
     *
     * @param dimensions of the embedding
     */
    public static byte[] write(TrajectoryModel.State state, int dimensions) {
        TrajectoryDensity.State density = state.density();
        int prototypes = density.means().length;
        int doubles = dimensions + 2 * (1 + triangle(dimensions));
        ByteBuffer out =
                ByteBuffer.allocate(
                        HEAD
                                + doubles * Double.BYTES
                                + prototypes * (dimensions * Float.BYTES + 2 * Double.BYTES));
        out.put(VERSION).putShort((short) dimensions).putShort((short) prototypes);
        out.putLong(state.trackCount());
        putLevel(state.densityLevel(), out);
        putLevel(state.spreadLevel(), out);
        putLevel(state.weavingLevel(), out);
        putCovariance(density.steps(), out);
        putAll(state.spread().mean(), out);
        putCovariance(state.spread().covariance(), out);
        for (int i = 0; i < prototypes; i++) {
            for (float value : density.means()[i]) {
                out.putFloat(value);
            }
            out.putDouble(density.weights()[i]).putDouble(density.spreads()[i]);
        }
        return out.array();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if the version is unknown, the embedding has another width,
     *     or the bytes end too early, because a wrong state must not go unnoticed
     */
    public static TrajectoryModel.State read(byte[] bytes, int dimensions) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "scene model: version: got %d, expected %d".formatted(version, VERSION));
            }
            int width = in.getShort();
            if (width != dimensions) {
                throw new IllegalArgumentException(
                        "scene model: dimensions: got %d, expected %d: another network learned it"
                                .formatted(width, dimensions));
            }
            int prototypes = in.getShort();
            long seen = in.getLong();
            ScoreNormalizer.State densityLevel = level(in);
            ScoreNormalizer.State spreadLevel = level(in);
            ScoreNormalizer.State weavingLevel = level(in);
            Covariance.State steps = covariance(in, dimensions);
            TrajectoryCovariance.State spread =
                    new TrajectoryCovariance.State(
                            doubles(in, dimensions), covariance(in, dimensions));
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
            return new TrajectoryModel.State(
                    seen,
                    new TrajectoryDensity.State(steps, means, weights, spreads),
                    spread,
                    densityLevel,
                    spreadLevel,
                    weavingLevel);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException(
                    "scene model: it ends after " + bytes.length + " bytes, expected more", e);
        }
    }

    private static void putLevel(ScoreNormalizer.State level, ByteBuffer out) {
        out.putDouble(level.weight()).putDouble(level.mean()).putDouble(level.variance());
    }

    private static ScoreNormalizer.State level(ByteBuffer in) {
        return new ScoreNormalizer.State(in.getDouble(), in.getDouble(), in.getDouble());
    }

    private static void putCovariance(Covariance.State covariance, ByteBuffer out) {
        out.putDouble(covariance.weight());
        putAll(covariance.products(), out);
    }

    private static Covariance.State covariance(ByteBuffer in, int dimensions) {
        return new Covariance.State(in.getDouble(), doubles(in, triangle(dimensions)));
    }

    private static void putAll(double[] values, ByteBuffer out) {
        for (double value : values) {
            out.putDouble(value);
        }
    }

    private static double[] doubles(ByteBuffer in, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.getDouble();
        }
        return values;
    }

    private static int triangle(int dimensions) {
        return dimensions * (dimensions + 1) / 2;
    }
}
