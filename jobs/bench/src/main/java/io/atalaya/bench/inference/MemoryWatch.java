package io.atalaya.bench.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Serves a model for a long time, in batches of all sizes, and samples the memory. */
final class MemoryWatch {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int SAMPLES = 40;

    /** One run in this many is a batch, so that buffers of all sizes are allocated and released. */
    private static final int BATCH_EVERY = 20;

    private final InferencePlan plan;

    MemoryWatch(InferencePlan plan) {
        this.plan = plan;
    }

    MemoryFigures run(String model, Serving serving, Features features) {
        int most = plan.batches().get(plan.batches().size() - 1);
        float[][] inputs = new float[most + 1][];
        SplittableRandom random = new SplittableRandom(plan.seed());
        List<MemorySample> samples = new ArrayList<>();
        samples.add(sample(0));
        for (int sample = 1; sample <= SAMPLES; sample++) {
            long until = (long) plan.inferences() * sample / SAMPLES;
            for (long i = samples.get(sample - 1).inferences(); i < until; i++) {
                int batch = i % BATCH_EVERY == 0 ? random.nextInt(1, most + 1) : 1;
                if (inputs[batch] == null) {
                    inputs[batch] = features.of(batch);
                }
                serving.serve(inputs[batch], batch);
            }
            samples.add(sample(until));
        }
        return new MemoryFigures(model, List.copyOf(samples));
    }

    private static MemorySample sample(long inferences) {
        // Memory that a collection frees has not leaked.
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new MemorySample(inferences, resident(), heap);
    }

    private static long resident() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            String line = lines.filter(each -> each.startsWith(RESIDENT)).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        } catch (IOException e) {
            throw new UncheckedIOException("resident memory is known on Linux only", e);
        }
    }
}
