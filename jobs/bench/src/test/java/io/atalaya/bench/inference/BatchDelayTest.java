package io.atalaya.bench.inference;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BatchDelayTest {
    private static final double SECONDS = 0.1;

    private final List<Integer> batches = new ArrayList<>();

    @Test
    void servesAFullBatchAtOnce() {
        BatchDelay delay =
                BatchDelay.measure("toy", serving(0), one(), 100, 10_000, 1_000, SECONDS);

        assertThat(batches).hasSize(10).containsOnly(100);
        assertThat(delay.delays().count()).isEqualTo(1_000);
        // The first of a hundred waits for 99 others, at ten a millisecond.
        assertThat(delay.delays().max()).isGreaterThanOrEqualTo(9.8);
    }

    @Test
    void servesAPartialBatchAfterTheLingerTime() {
        BatchDelay delay = BatchDelay.measure("toy", serving(0), one(), 100, 1_000, 4, SECONDS);

        assertThat(batches.get(0)).isBetween(4, 99);
        assertThat(delay.delays().max()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void slowRunDelaysLaterRecords() {
        BatchDelay delay = BatchDelay.measure("toy", serving(10), one(), 100, 1_000, 0, SECONDS);

        assertThat(delay.delays().p50()).isGreaterThan(10);
    }

    private static Serving.Features one() {
        return new Serving.Features(1, 1);
    }

    private Serving serving(int millis) {
        return new Serving() {
            @Override
            public String name() {
                return "toy";
            }

            @Override
            public float[] serve(float[] values, int records) {
                batches.add(records);
                long until = System.nanoTime() + millis * 1_000_000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                return values;
            }

            @Override
            public void close() {}
        };
    }
}
