package io.atalaya.bench.cluster;

import io.atalaya.bench.comparison.Spread;
import io.atalaya.bench.comparison.Table;
import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats.TaskStateStatsSummary;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.util.stats.StatsSummary;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A job's completed checkpoints.
 *
 * @param millis time from trigger to completion
 * @param writtenBytes bytes written per checkpoint, new files only
 * @param fullBytes full size per checkpoint
 * @param steps cost per step, by falling synchronous part
 */
public record Checkpoints(Spread millis, Spread writtenBytes, Spread fullBytes, List<Step> steps) {
    private static final double MIB = 1 << 20;
    private static final int PRINTED_STEPS = 6;

    /**
     * Cost of checkpoints in one step of the job, of its slowest subtask each time. A barrier is
     * forwarded before the state is written, so several steps stop at the same time.
     *
     * @param name names of the operators in it
     * @param begunMillis from the trigger until the step starts the checkpoint
     * @param alignedMillis from the first input's barrier to the last one's
     * @param syncMillis synchronous part, while the step stops: RocksDB flushes its memory to disk.
     *     What an operator does before it passes the barrier on shows in when the next steps begin
     * @param asyncMillis asynchronous part, while the step works and the new files are stored
     * @param writtenBytes bytes of all its subtasks
     */
    public record Step(
            String name,
            Spread begunMillis,
            Spread alignedMillis,
            Spread syncMillis,
            Spread asyncMillis,
            Spread writtenBytes) {

        private static Step of(
                List<CompletedCheckpointStats> checkpoints, JobVertexID task, String name) {
            List<TaskStateStats> all =
                    checkpoints.stream()
                            .map(each -> each.getTaskStateStats(task))
                            .filter(Objects::nonNull)
                            .toList();
            return all.isEmpty()
                    ? null
                    : new Step(
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
            return spread(
                    checkpoints, each -> ofSubtasks.apply(each.getSummaryStats()).getMaximum());
        }
    }

    /**
     * The checkpoints triggered since a moment; null if none of them completed.
     *
     * @param from epoch ms
     */
    public static Checkpoints since(long from, EmbeddedFlink flink, JobClient job) {
        List<CompletedCheckpointStats> complete =
                flink.checkpoints(job).getHistory().getCheckpoints().stream()
                        .filter(each -> !each.getProperties().isSavepoint())
                        .filter(each -> each.getTriggerTimestamp() >= from)
                        .filter(CompletedCheckpointStats.class::isInstance)
                        .map(CompletedCheckpointStats.class::cast)
                        .toList();
        if (complete.isEmpty()) {
            return null;
        }
        List<Step> steps =
                flink.tasks(job).entrySet().stream()
                        .map(task -> Step.of(complete, task.getKey(), task.getValue()))
                        .filter(Objects::nonNull)
                        .sorted(
                                Comparator.comparingDouble(
                                                (Step step) -> step.syncMillis().median())
                                        .reversed())
                        .toList();
        return new Checkpoints(
                spread(complete, AbstractCheckpointStats::getEndToEndDuration),
                spread(complete, AbstractCheckpointStats::getCheckpointedSize),
                spread(complete, AbstractCheckpointStats::getStateSize),
                steps);
    }

    private static <T> Spread spread(Collection<T> checkpoints, ToDoubleFunction<T> figure) {
        return Spread.of(checkpoints.stream().map(figure::applyAsDouble).toList());
    }

    /**
     * @param when the part of the benchmark in which they were taken
     * @param checkpoints null if none completed
     */
    public static void print(String when, Checkpoints checkpoints, Table table) {
        if (checkpoints == null) {
            table.line("  checkpoints, %s: none completed", when);
            return;
        }
        table.line(
                "  checkpoints, %s: %d, median %,.0f ms (most %,.0f), new files %,.1f MiB"
                        + " (most %,.1f), full %,.1f MiB",
                when,
                checkpoints.millis.count(),
                checkpoints.millis.median(),
                checkpoints.millis.max(),
                checkpoints.writtenBytes.median() / MIB,
                checkpoints.writtenBytes.max() / MIB,
                checkpoints.fullBytes.max() / MIB);
    }

    /** Prints them with the steps that stop longest. */
    public static void printWithSteps(String when, Checkpoints checkpoints, Table table) {
        print(when, checkpoints, table);
        if (checkpoints == null) {
            return;
        }
        table.line(
                "                                          stands ms   (most)  aligns   begun  stores"
                        + "  new MiB");
        for (Step step :
                checkpoints.steps.subList(0, Math.min(PRINTED_STEPS, checkpoints.steps.size()))) {
            table.line(
                    "    %-44.44s %,6.0f  %,7.0f  %,6.0f  %,6.0f  %,6.0f  %,7.1f",
                    step.name(),
                    step.syncMillis().median(),
                    step.syncMillis().max(),
                    step.alignedMillis().median(),
                    step.begunMillis().median(),
                    step.asyncMillis().median(),
                    step.writtenBytes().median() / MIB);
        }
    }
}
