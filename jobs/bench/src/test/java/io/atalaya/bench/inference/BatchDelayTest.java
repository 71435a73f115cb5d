package io.atalaya.bench.inference;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BatchDelayTest {
    private static final double SECONDS = 0.1;
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private final List<Integer> batches = new ArrayList<>();

    /** Goes on by a microsecond when it is asked, and while a batch is served. */
    private long nanos;

    @Test
    void servesAFullBatchAtOnce() {
        BatchDelay delay =
                BatchDelay.measure(
                        "toy", serving(0), one(), 100, 10_000, 1_000, SECONDS, this::now);

        assertThat(batches).hasSize(10).containsOnly(100);
        assertThat(delay.delays().count()).isEqualTo(1_000);
        // The first of a hundred waits for 99 others, at ten a millisecond.
        assertThat(delay.delays().max()).isBetween(9.8, 10.0);
    }

    @Test
    void servesAPartialBatchAfterTheLingerTime() {
        BatchDelay delay =
                BatchDelay.measure("toy", serving(0), one(), 100, 1_000, 4, SECONDS, this::now);

        // Five are due in the four milliseconds that the first one waits.
        assertThat(batches).hasSize(20).containsOnly(5);
        assertThat(delay.delays().max()).isBetween(4.0, 4.1);
    }

    @Test
    void slowRunDelaysLaterRecords() {
        BatchDelay delay =
                BatchDelay.measure("toy", serving(10), one(), 100, 1_000, 0, SECONDS, this::now);

        assertThat(delay.delays().p50()).isGreaterThan(10);
    }

    private long now() {
        nanos += MICRO;
        return nanos;
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
                nanos += millis * MILLI;
                return values;
            }

            @Override
            public void close() {}
        };
    }
}
