package io.atalaya.flink.progress;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Keys that route a progress marker to every subtask of a keyed step, over the same edge as the
 * data that it refers to.
 */
public final class SubtaskKeys {
    private SubtaskKeys() {}

    /**
     * One key for each subtask, in their order. If {@code parallelism} equals {@code
     * maxParallelism} there is one for each key group, which reaches every subtask at any
     * parallelism.
     *
     * @param maxParallelism number of key groups of the step
     */
    public static long[] of(int maxParallelism, int parallelism) {
        long[] keys = new long[parallelism];
        boolean[] has = new boolean[parallelism];
        int found = 0;
        for (long key = 0; found < parallelism; key++) {
            int subtask =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            key, maxParallelism, parallelism);
            if (!has[subtask]) {
                has[subtask] = true;
                keys[subtask] = key;
                found++;
            }
        }
        return keys;
    }
}
