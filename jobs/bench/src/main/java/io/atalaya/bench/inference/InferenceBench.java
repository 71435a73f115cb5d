package io.atalaya.bench.inference;

import io.atalaya.anomaly.series.SceneActivityNetwork;
import io.atalaya.anomaly.trajectory.TrackEmbedding;
import io.atalaya.bench.comparison.Machine;
import io.atalaya.bench.inference.InferenceReport.Lap;
import io.atalaya.inference.StoredModel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The whole run, one model after the other. */
final class InferenceBench {
    private static final List<StoredModel> MODELS =
            List.of(
                    StoredModel.onClassPath(TrackEmbedding.NAME, TrackEmbedding.VERSION),
                    StoredModel.onClassPath(
                            SceneActivityNetwork.MODEL, SceneActivityNetwork.VERSION));
    private static final double NANOS = 1e9;
    private static final float TOLERANCE = 1e-4f;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * @param batches batch sizes, rising
     * @param runs measured laps of each way and size
     * @param warmups laps before them
     * @param lapMillis length of a lap
     * @param recordsPerSecond record rate while delays are measured
     * @param seconds duration of the delay measurements, all models and sizes together
     * @param lingerMillis maximum time a record waits for its batch to fill
     * @param inferences inferences of each model while memory is measured
     */
    record Plan(
            List<Integer> batches,
            int runs,
            int warmups,
            int lapMillis,
            double recordsPerSecond,
            int seconds,
            int lingerMillis,
            int inferences,
            long seed) {}

    private final Plan plan;
    private final Consumer<String> log;
    private final List<Lap> laps = new ArrayList<>();
    private final List<BatchDelay> delays = new ArrayList<>();
    private final List<MemoryGrowth> memory = new ArrayList<>();

    /**
     * @param log receives progress, one line per step
     */
    InferenceBench(Plan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    InferenceReport run() {
        for (StoredModel model : MODELS) {
            Serving.Features features =
                    new Serving.Features(
                            model.manifest().inputs().get(0).shape().get(1), plan.seed());
            compare(model, features);
            serve(model, features);
        }
        return new InferenceReport(
                Machine.here(),
                plan,
                MODELS.stream().map(model -> model.manifest().name()).toList(),
                List.copyOf(laps),
                List.copyOf(delays),
                List.copyOf(memory));
    }

    /**
     * Runs the ways of serving one model in turn, so that a slowdown of the machine affects all of
     * them.
     */
    private void compare(StoredModel model, Serving.Features features) {
        // In this order, because DJL loads the native library.
        try (Serving batches = new Serving.DjlBatches(model);
                Serving records = new Serving.DjlRecords(model);
                Serving raw = new Serving.RawRuntime(model)) {
            requireAgreement(features.of(1), List.of(batches, records, raw));
            String name = model.manifest().name();
            for (int round = -plan.warmups(); round < plan.runs(); round++) {
                lap(name, records, features, 1, round);
                for (int batch : plan.batches()) {
                    lap(name, raw, features, batch, round);
                    lap(name, batches, features, batch, round);
                }
                log(
                        "%s: lap %d of %d%s",
                        name, round + 1, plan.runs(), round < 0 ? " (warm-up)" : "");
            }
        }
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

    /** The features are packed before the clock starts, because packing is the same for all. */
    private void lap(
            String model, Serving serving, Serving.Features features, int batch, int round) {
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
        double cpuSeconds = (THREADS.getCurrentThreadCpuTime() - cpu) / NANOS;
        if (round >= 0) {
            laps.add(
                    new Lap(
                            model,
                            serving.name(),
                            batch,
                            round,
                            records,
                            (now - start) / NANOS,
                            cpuSeconds));
        }
    }

    private void serve(StoredModel model, Serving.Features features) {
        String name = model.manifest().name();
        double seconds = (double) plan.seconds() / MODELS.size() / plan.batches().size();
        try (Serving serving = new Serving.DjlBatches(model)) {
            log("%s: delays", name);
            for (int batch : plan.batches()) {
                delays.add(
                        BatchDelay.measure(
                                name,
                                serving,
                                features,
                                batch,
                                plan.recordsPerSecond(),
                                plan.lingerMillis(),
                                seconds,
                                System::nanoTime));
            }
            log("%s: memory, %,d inferences", name, plan.inferences());
            memory.add(MemoryGrowth.measure(name, serving, features, plan));
        }
    }

    private void log(String format, Object... values) {
        log.accept(String.format(Locale.ROOT, format, values));
    }
}
