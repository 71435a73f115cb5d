package io.atalaya.bench.inference;

import org.junit.jupiter.api.Test;

import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MemoryGrowthTest {
    private static final long MIB = 1 << 20;

    @Test
    void warmUpIsNotGrowth() {
        MemoryGrowth figures =
                figures(runs -> 300 * MIB + Math.min(runs, 400_000) * 500, runs -> 20 * MIB);

        assertThat(figures.residentGrowth()).isZero();
        assertThat(figures.isFlat()).isTrue();
    }

    @Test
    void leakedTensorsAreGrowth() {
        MemoryGrowth figures =
                figures(runs -> 300 * MIB + runs * 256 + runs / 25_000 % 2 * MIB, runs -> MIB);

        assertThat(figures.residentGrowth()).isCloseTo(256, within(10.0));
        assertThat(figures.isFlat()).isFalse();
    }

    @Test
    void leakedObjectsAreGrowth() {
        MemoryGrowth figures = figures(runs -> 300 * MIB, runs -> MIB + runs * 40);

        assertThat(figures.heapGrowth()).isCloseTo(40, within(1.0));
        assertThat(figures.isFlat()).isFalse();
    }

    @Test
    void fewRunsAreInconclusive() {
        assertThat(figures(runs -> MIB, runs -> MIB).isConclusive()).isTrue();
        assertThat(
                        new MemoryGrowth(
                                        "toy",
                                        LongStream.rangeClosed(0, 40)
                                                .mapToObj(
                                                        i ->
                                                                new MemoryGrowth.Sample(
                                                                        i * 100, MIB, MIB))
                                                .toList())
                                .isConclusive())
                .isFalse();
    }

    private static MemoryGrowth figures(LongUnaryOperator resident, LongUnaryOperator heap) {
        return new MemoryGrowth(
                "toy",
                LongStream.rangeClosed(0, 40)
                        .map(sample -> sample * 25_000)
                        .mapToObj(
                                runs ->
                                        new MemoryGrowth.Sample(
                                                runs,
                                                resident.applyAsLong(runs),
                                                heap.applyAsLong(runs)))
                        .toList());
    }
}
