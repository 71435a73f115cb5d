package io.atalaya.bench.inference;

import io.atalaya.bench.comparison.Spread;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Memory while a model was served, and its growth. The first half is not evaluated, because the
 * compiler, the collector and the runtime's arena still allocate their permanent memory.
 *
 * @param samples at even distances
 */
record MemoryGrowth(String model, List<Sample> samples) {
    /** Bytes per run that count as growth; the smallest tensor that could leak is larger. */
    private static final double LIMIT = 32;

    /** More than the difference between samples of a process without a leak. */
    private static final double NOISE = 1 << 20;

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int SAMPLES = 40;

    /** One run in this many is a batch, so that buffers of all sizes are allocated and released. */
    private static final int BATCH_EVERY = 20;

    /**
     * Memory of the process.
     *
     * @param inferences inferences served until then
     * @param residentBytes of the whole process, heap and native memory, from the operating system
     * @param heapBytes in use after a collection
     */
    record Sample(long inferences, long residentBytes, long heapBytes) {}

    /** Serves a model for a long time, in batches of all sizes, and samples the memory. */
    static MemoryGrowth measure(
            String model, Serving serving, Serving.Features features, InferenceBench.Plan plan) {
        int maxBatch = plan.batches().get(plan.batches().size() - 1);
        float[][] inputs = new float[maxBatch + 1][];
        SplittableRandom random = new SplittableRandom(plan.seed());
        List<Sample> samples = new ArrayList<>();
        samples.add(sample(0));
        for (int sample = 1; sample <= SAMPLES; sample++) {
            long until = (long) plan.inferences() * sample / SAMPLES;
            for (long i = samples.get(sample - 1).inferences(); i < until; i++) {
                int batch = i % BATCH_EVERY == 0 ? random.nextInt(1, maxBatch + 1) : 1;
                if (inputs[batch] == null) {
                    inputs[batch] = features.of(batch);
                }
                serving.serve(inputs[batch], batch);
            }
            samples.add(sample(until));
        }
        return new MemoryGrowth(model, List.copyOf(samples));
    }

    private static Sample sample(long inferences) {
        // Memory that a collection frees has not leaked.
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Sample(inferences, resident(), heap);
    }

    private static long resident() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            String line = lines.filter(each -> each.startsWith(RESIDENT)).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        } catch (IOException e) {
            throw new UncheckedIOException("resident memory is known on Linux only", e);
        }
    }

    /** Growth of the whole process, bytes per run. */
    @JsonProperty("residentBytesARun")
    double residentGrowth() {
        return growth(Sample::residentBytes);
    }

    /** Growth of the heap, bytes per run. */
    @JsonProperty("heapBytesARun")
    double heapGrowth() {
        return growth(Sample::heapBytes);
    }

    @JsonProperty("flat")
    boolean isFlat() {
        return residentGrowth() < LIMIT && heapGrowth() < LIMIT;
    }

    /**
     * Whether there were enough runs for growth at the limit to exceed the noise; a quick bench has
     * too few.
     */
    boolean isConclusive() {
        return samples.get(samples.size() - 1).inferences() / 4.0 * LIMIT >= NOISE;
    }

    /** From the middle of the third quarter to that of the last, by medians. */
    private double growth(ToLongFunction<Sample> bytes) {
        int quarter = samples.size() / 4;
        int from = samples.size() - 2 * quarter;
        List<Sample> third = samples.subList(from, from + quarter);
        List<Sample> last = samples.subList(from + quarter, samples.size());
        long runs = last.get(0).inferences() - third.get(0).inferences();
        return (median(last, bytes) - median(third, bytes)) / runs;
    }

    private static double median(List<Sample> samples, ToLongFunction<Sample> bytes) {
        return Spread.of(samples.stream().map(each -> (double) bytes.applyAsLong(each)).toList())
                .median();
    }
}
