package io.atalaya.bench.state;

import io.atalaya.bench.measure.Spread;
import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A job's complete checkpoints.
 *
 * @param millis how long one took, from its trigger to its completion
 * @param written bytes that one wrote, new files only
 * @param full bytes that one stands for
 * @param steps what they held up, those that stood longest first
 */
public record Checkpoints(Spread millis, Spread written, Spread full, List<CheckpointStep> steps) {

    /** All that are known; null where none is complete. */
    public static Checkpoints of(EmbeddedFlink flink, JobClient job) {
        return since(0, flink, job);
    }

    /**
     * Those that were begun since a moment; null where none of them is complete.
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
        return complete.isEmpty()
                ? null
                : new Checkpoints(
                        spread(complete, AbstractCheckpointStats::getEndToEndDuration),
                        spread(complete, AbstractCheckpointStats::getCheckpointedSize),
                        spread(complete, AbstractCheckpointStats::getStateSize),
                        CheckpointStep.of(complete, flink.tasks(job)));
    }

    private static Spread spread(
            List<CompletedCheckpointStats> checkpoints,
            ToDoubleFunction<CompletedCheckpointStats> figure) {
        return Spread.of(checkpoints.stream().map(figure::applyAsDouble).toList());
    }
}
