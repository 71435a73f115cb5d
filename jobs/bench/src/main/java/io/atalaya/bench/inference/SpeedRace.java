package io.atalaya.bench.inference;

import io.atalaya.inference.StoredModel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs the ways of serving one model in turn, so that a slowdown of the machine affects all of
 * them. The features are packed before the clock starts, because packing is the same for all.
 */
final class SpeedRace {
    private static final double NANOS = 1e9;
    private static final float TOLERANCE = 1e-4f;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final InferencePlan plan;
    private final Consumer<String> log;

    SpeedRace(InferencePlan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    List<InferenceLap> run(StoredModel model, Features features) {
        List<InferenceLap> laps = new ArrayList<>();
        // In this order, because DJL loads the native library.
        try (Serving batches = new MicroBatches(model);
                Serving single = new RecordByRecord(model);
                Serving raw = new RawRuntime(model)) {
            requireAgreement(features.of(1), List.of(batches, single, raw));
            String name = model.manifest().name();
            for (int round = -plan.warmups(); round < plan.runs(); round++) {
                laps.add(lap(name, single, features, 1, round));
                for (int batch : plan.batches()) {
                    laps.add(lap(name, raw, features, batch, round));
                    laps.add(lap(name, batches, features, batch, round));
                }
                log.accept(
                        String.format(
                                Locale.ROOT,
                                "%s: lap %d of %d%s",
                                name,
                                round + 1,
                                plan.runs(),
                                round < 0 ? " (warm-up)" : ""));
            }
        }
        laps.removeIf(lap -> lap.round() < 0);
        return List.copyOf(laps);
    }

    /**
     * Checks that all ways give the same output, because otherwise the comparison is meaningless.
     */
    private static void requireAgreement(float[] record, List<Serving> servings) {
        float[] expected = servings.get(0).serve(record, 1);
        for (Serving serving : servings) {
            float[] actual = serving.serve(record, 1);
            for (int i = 0; i < expected.length; i++) {
                if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE)) {
                    throw new IllegalStateException(
                            serving.name()
                                    + ": got "
                                    + Arrays.toString(actual)
                                    + ", expected "
                                    + Arrays.toString(expected));
                }
            }
        }
    }

    private InferenceLap lap(
            String model, Serving serving, Features features, int batch, int round) {
        float[] values = features.of(batch);
        long length = plan.lapMillis() * 1_000_000L;
        long records = 0;
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        long now;
        do {
            serving.serve(values, batch);
            records += batch;
            now = System.nanoTime();
        } while (now - start < length);
        return new InferenceLap(
                model,
                serving.name(),
                batch,
                round,
                records,
                (now - start) / NANOS,
                (THREADS.getCurrentThreadCpuTime() - cpu) / NANOS);
    }
}
