package io.atalaya.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Tests a model before it replaces a working one: that its name and version are the requested ones,
 * and that it gives finite numbers for each row, independent of the batch, in time. The test does
 * not measure quality; for that, a model runs beside the active one.
 *
 * <p>It runs the model for as long as that takes, so the caller uses a thread that does not serve
 * and sets a time limit of its own.
 *
 * @param inputs numbers per input row
 * @param slowest time that a run of {@value #ROWS} rows may take on one core
 */
public record ModelCheck(int inputs, Duration slowest) {
    /** Rows of the batch that is timed. */
    public static final int ROWS = 64;

    private static final int TIMED_RUNS = 15;
    private static final double LARGE = 10;
    private static final double TOLERANCE = 1e-3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int SEED = 1;

    /**
     * Loads and tests a model.
     *
     * @param name that was requested
     * @param version that was requested
     * @throws InvalidModelException naming the fault of the model
     */
    public void require(StoredModel stored, String name, String version) {
        ModelManifest manifest = stored.manifest();
        requireEqual("name", manifest.name(), name);
        requireEqual("version", manifest.version(), version);
        try (RowNetwork network = RowNetwork.open(stored, inputs);
                RowNetwork.Runner runner = network.runner()) {
            List<float[]> rows = probes();
            // First, because a slow model is rejected after one batch.
            requireFast(runner, rows);
            List<float[]> together = requireFinite(rows, run(runner, rows));
            requireIndependentRows(runner, rows, together);
            requireVariedOutputs(together);
        }
    }

    private static void requireEqual(String field, String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new InvalidModelException(
                    "%s: got \"%s\" in the manifest, expected \"%s\" as its directory"
                            .formatted(field, actual, expected));
        }
    }

    /** Numbers in the range of features, small and large ones; the first row is all zero. */
    private List<float[]> probes() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<float[]> rows = new ArrayList<>(ROWS);
        for (int row = 0; row < ROWS; row++) {
            double scale = LARGE * row / ROWS;
            float[] values = new float[inputs];
            for (int i = 0; i < inputs; i++) {
                values[i] = (float) (scale * random.nextDouble(-1, 1));
            }
            rows.add(values);
        }
        return rows;
    }

    private static List<float[]> run(RowNetwork.Runner runner, List<float[]> rows) {
        try {
            return runner.run(rows);
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InvalidModelException(
                    "it does not run on %d rows: %s".formatted(rows.size(), cause.getMessage()), e);
        }
    }

    /**
     * Rejects a slow model by its fastest run, because other load on the machine only makes runs
     * slower.
     */
    private void requireFast(RowNetwork.Runner runner, List<float[]> rows) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TIMED_RUNS && fastest > slowest.toNanos(); i++) {
            long start = System.nanoTime();
            run(runner, rows);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        if (fastest > slowest.toNanos()) {
            throw new InvalidModelException(
                    String.format(
                            Locale.ROOT,
                            "it is too slow: got %.1f ms for %d rows, expected %.1f ms at most",
                            fastest / NANOS_PER_MILLI,
                            ROWS,
                            slowest.toNanos() / NANOS_PER_MILLI));
        }
    }

    private static List<float[]> requireFinite(List<float[]> rows, List<float[]> outputs) {
        for (int row = 0; row < outputs.size(); row++) {
            for (float value : outputs.get(row)) {
                if (!Float.isFinite(value)) {
                    throw new InvalidModelException(
                            "got %s for the row %s, expected finite numbers"
                                    .formatted(
                                            Arrays.toString(outputs.get(row)),
                                            Arrays.toString(rows.get(row))));
                }
            }
        }
        return outputs;
    }

    /**
     * Rejects a model whose output depends on the rest of the batch, because alerts would not be
     * reproducible.
     */
    private static void requireIndependentRows(
            RowNetwork.Runner runner, List<float[]> rows, List<float[]> together) {
        for (int row = 0; row < rows.size(); row++) {
            float[] alone = run(runner, rows.subList(row, row + 1)).get(0);
            for (int i = 0; i < alone.length; i++) {
                float other = together.get(row)[i];
                if (!(Math.abs(alone[i] - other) <= TOLERANCE * (1 + Math.abs(alone[i])))) {
                    throw new InvalidModelException(
                            "its rows are not independent: got %s for a row alone and %s in a batch"
                                    .formatted(alone[i], other));
                }
            }
        }
    }

    private static void requireVariedOutputs(List<float[]> outputs) {
        float[] first = outputs.get(0);
        if (outputs.stream().allMatch(output -> isSame(output, first))) {
            throw new InvalidModelException(
                    "got %s whatever the row, expected an answer that depends on it"
                            .formatted(Arrays.toString(first)));
        }
    }

    /** Compares numbers, not bits, because there are two zeros. */
    private static boolean isSame(float[] one, float[] other) {
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        return true;
    }
}
