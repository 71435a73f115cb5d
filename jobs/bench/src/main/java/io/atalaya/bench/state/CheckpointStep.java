package io.atalaya.bench.state;

import io.atalaya.bench.measure.Spread;

import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats.TaskStateStatsSummary;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.util.stats.StatsSummary;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Cost of checkpoints in one step of the job in ms, of its slowest subtask each time. A barrier is
 * forwarded before the state is written, so several steps stop at the same time.
 *
 * @param name names of the operators in it
 * @param begun from the trigger until the step starts the checkpoint
 * @param aligned from the first input's barrier to the last one's
 * @param sync synchronous part, while the step stops: state is written to RocksDB, and RocksDB
 *     flushes its memory to disk
 * @param async asynchronous part, while the step works and the new files are stored
 * @param written bytes of all its subtasks
 */
public record CheckpointStep(
        String name, Spread begun, Spread aligned, Spread sync, Spread async, Spread written) {

    /** Sorted by falling synchronous part. */
    static List<CheckpointStep> of(
            List<CompletedCheckpointStats> checkpoints, Map<JobVertexID, String> tasks) {
        return tasks.entrySet().stream()
                .map(task -> of(checkpoints, task.getKey(), task.getValue()))
                .filter(Objects::nonNull)
                .sorted(
                        Comparator.comparingDouble((CheckpointStep step) -> step.sync().median())
                                .reversed())
                .toList();
    }

    private static CheckpointStep of(
            List<CompletedCheckpointStats> checkpoints, JobVertexID task, String name) {
        List<TaskStateStats> all =
                checkpoints.stream()
                        .map(each -> each.getTaskStateStats(task))
                        .filter(Objects::nonNull)
                        .toList();
        return all.isEmpty()
                ? null
                : new CheckpointStep(
                        name,
                        slowest(all, TaskStateStatsSummary::getCheckpointStartDelayStats),
                        slowest(all, TaskStateStatsSummary::getAlignmentDurationStats),
                        slowest(all, TaskStateStatsSummary::getSyncCheckpointDurationStats),
                        slowest(all, TaskStateStatsSummary::getAsyncCheckpointDurationStats),
                        spread(all, TaskStateStats::getCheckpointedSize));
    }

    private static Spread slowest(
            List<TaskStateStats> checkpoints,
            Function<TaskStateStatsSummary, StatsSummary> ofSubtasks) {
        return spread(checkpoints, each -> ofSubtasks.apply(each.getSummaryStats()).getMaximum());
    }

    private static Spread spread(
            List<TaskStateStats> checkpoints, ToDoubleFunction<TaskStateStats> figure) {
        return Spread.of(checkpoints.stream().map(figure::applyAsDouble).toList());
    }
}
