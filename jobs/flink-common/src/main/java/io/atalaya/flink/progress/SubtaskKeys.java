package io.atalaya.flink.progress;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** Keys that lead a mark to every subtask of a keyed step, on the edge of what it speaks of. */
public final class SubtaskKeys {
    private SubtaskKeys() {}

    /**
     * One key for each subtask, in their order. With {@code parallelism} as great as {@code
     * maxParallelism} there is one for each key group, and every subtask is reached at any
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
