package io.atalaya.anomaly.trajectory;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Binary form of {@link TrajectoryModel.State}: a version, the embedding's width, the numbers of
 * sampled tracks and of values, then the fields in order, big-endian. It takes 39 KB with 24
 * dimensions.
 */
public final class TrajectoryModelBytes {
    private static final byte VERSION = 1;
    private static final int HEAD = Byte.BYTES + 3 * Short.BYTES + Long.BYTES;

    private TrajectoryModelBytes() {}

    /**
     * Writes a model.
     *
     * @param dimensions of the embedding
     */
    public static byte[] write(TrajectoryModel.State state, int dimensions) {
        ByteBuffer out =
                ByteBuffer.allocate(
                        HEAD
                                + Short.BYTES
                                        * (TrackFeatures.ALONG + dimensions)
                                        * state.sample().size()
                                + Float.BYTES * View.count() * state.values().size()
                                + residualBytes(TrackFeatures.ALONG)
                                + residualBytes(dimensions));
        out.put(VERSION).putShort((short) dimensions);
        out.putShort((short) state.sample().size()).putShort((short) state.values().size());
        out.putLong(state.trackCount());
        for (float[] track : state.sample()) {
            for (float value : track) {
                out.putShort((short) (value * TrajectoryModel.GRID));
            }
        }
        for (double[] values : state.values()) {
            for (double value : values) {
                out.putFloat((float) value);
            }
        }
        putResidual(state.places(), out);
        putResidual(state.network(), out);
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
            int tracks = in.getShort();
            int ranked = in.getShort();
            long trackCount = in.getLong();
            List<float[]> sample = new ArrayList<>();
            for (int i = 0; i < tracks; i++) {
                sample.add(sampled(in, TrackFeatures.ALONG + dimensions));
            }
            List<double[]> values = new ArrayList<>();
            for (int i = 0; i < ranked; i++) {
                values.add(values(in));
            }
            return new TrajectoryModel.State(
                    trackCount,
                    sample,
                    values,
                    residual(in, TrackFeatures.ALONG),
                    residual(in, dimensions));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException(
                    "scene model: it ends after " + bytes.length + " bytes, expected more", e);
        }
    }

    private static int residualBytes(int dimensions) {
        return Double.BYTES * (dimensions + 1 + triangle(dimensions));
    }

    private static void putResidual(Residual.State residual, ByteBuffer out) {
        putAll(residual.mean(), out);
        out.putDouble(residual.covariance().weight());
        putAll(residual.covariance().products(), out);
    }

    private static Residual.State residual(ByteBuffer in, int dimensions) {
        return new Residual.State(
                doubles(in, dimensions),
                new Covariance.State(in.getDouble(), doubles(in, triangle(dimensions))));
    }

    private static void putAll(double[] values, ByteBuffer out) {
        for (double value : values) {
            out.putDouble(value);
        }
    }

    private static float[] sampled(ByteBuffer in, int width) {
        float[] track = new float[width];
        for (int i = 0; i < width; i++) {
            track[i] = in.getShort() / TrajectoryModel.GRID;
        }
        return track;
    }

    private static double[] values(ByteBuffer in) {
        double[] values = new double[View.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getFloat();
        }
        return values;
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
