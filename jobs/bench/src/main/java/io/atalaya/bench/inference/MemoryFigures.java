package io.atalaya.bench.inference;

import io.atalaya.bench.measure.Spread;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Memory while a model was served, and its growth. The first half is not evaluated, because the
 * compiler, the collector and the runtime's arena still allocate their permanent memory.
 *
 * @param samples at even distances
 */
record MemoryFigures(String model, List<MemorySample> samples) {
    /** Bytes per run that count as growth; the smallest tensor that could leak is larger. */
    static final double LIMIT = 32;

    /** More than the difference between samples of a process without a leak. */
    private static final double NOISE = 1 << 20;

    /** Growth of the whole process, bytes per run. */
    double residentGrowth() {
        return growth(MemorySample::residentBytes);
    }

    /** Growth of the heap, bytes per run. */
    double heapGrowth() {
        return growth(MemorySample::heapBytes);
    }

    boolean isFlat() {
        return residentGrowth() < LIMIT && heapGrowth() < LIMIT;
    }

    /**
     * Whether there were enough runs for growth at the limit to exceed the noise; a quick bench has
     * too few.
     */
    boolean canTell() {
        return inferences() / 4.0 * LIMIT >= NOISE;
    }

    long inferences() {
        return samples.get(samples.size() - 1).inferences();
    }

    /** From the middle of the third quarter to that of the last, by medians. */
    private double growth(ToLongFunction<MemorySample> bytes) {
        int quarter = samples.size() / 4;
        int from = samples.size() - 2 * quarter;
        List<MemorySample> third = samples.subList(from, from + quarter);
        List<MemorySample> last = samples.subList(from + quarter, samples.size());
        long runs = last.get(0).inferences() - third.get(0).inferences();
        return (median(last, bytes) - median(third, bytes)) / runs;
    }

    private static double median(List<MemorySample> samples, ToLongFunction<MemorySample> bytes) {
        return Spread.of(samples.stream().map(each -> (double) bytes.applyAsLong(each)).toList())
                .median();
    }
}
