package io.atalaya.bench.state;

import io.atalaya.bench.measure.Spread;
import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A job's completed checkpoints.
 *
 * @param millis time from trigger to completion
 * @param written bytes written per checkpoint, new files only
 * @param full full size per checkpoint in bytes
 * @param steps cost per step, by falling synchronous part
 */
public record Checkpoints(Spread millis, Spread written, Spread full, List<CheckpointStep> steps) {

    /** All known checkpoints; null if none completed. */
    public static Checkpoints of(EmbeddedFlink flink, JobClient job) {
        return since(0, flink, job);
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
