package io.atalaya.bench.inference;

import io.atalaya.bench.measure.Spread;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Memory while a model was served, and whether it grew. The first half is not judged: there the
 * compiler, the collector and the runtime's arena take what they will keep.
 *
 * @param samples at even distances
 */
record MemoryFigures(String model, List<MemorySample> samples) {
    /** Bytes a run that count as growth: the smallest tensor that could be lost takes more. */
    static final double LIMIT = 32;

    /** By as much a process that nothing is lost in differs from sample to sample, and more. */
    private static final double NOISE = 1 << 20;

    /** Bytes of the whole process a run. */
    double residentGrowth() {
        return growth(MemorySample::residentBytes);
    }

    /** Bytes of the heap a run. */
    double heapGrowth() {
        return growth(MemorySample::heapBytes);
    }

    boolean isFlat() {
        return residentGrowth() < LIMIT && heapGrowth() < LIMIT;
    }

    /** Whether growth at the limit would show: not over the few runs of a quick bench. */
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
