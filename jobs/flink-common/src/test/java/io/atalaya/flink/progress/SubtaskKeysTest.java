package io.atalaya.flink.progress;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class SubtaskKeysTest {
    @Property(tries = 50)
    void oneKeyLeadsToEachSubtask(@ForAll @IntRange(min = 1, max = 128) int parallelism) {
        assertThat(subtasks(SubtaskKeys.of(128, parallelism), 128, parallelism))
                .containsExactly(IntStream.range(0, parallelism).toArray());
    }

    @Property(tries = 50)
    void oneKeyAKeyGroupReachesEverySubtask(@ForAll @IntRange(min = 1, max = 128) int parallelism) {
        long[] keys = SubtaskKeys.of(128, 128);

        assertThat(keys).hasSize(128);
        assertThat(Arrays.stream(subtasks(keys, 128, parallelism)).distinct()).hasSize(parallelism);
    }

    /** An older savepoint fixes the number of key groups, which are cut from the same hash. */
    @Test
    void soDoesOneAGroupOfTwiceAsMany() {
        long[] keys = SubtaskKeys.of(256, 256);

        assertThat(Arrays.stream(subtasks(keys, 128, 100)).distinct()).hasSize(100);
    }

    private static int[] subtasks(long[] keys, int maxParallelism, int parallelism) {
        return Arrays.stream(keys)
                .mapToInt(
                        key ->
                                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                        key, maxParallelism, parallelism))
                .toArray();
    }
}
