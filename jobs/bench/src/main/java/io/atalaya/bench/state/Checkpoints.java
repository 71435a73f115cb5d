package io.atalaya.bench.state;

import io.atalaya.bench.measure.Spread;

import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A job's complete checkpoints.
 *
 * @param millis how long one took, from its trigger to its completion
 * @param written bytes that one wrote, new files only
 * @param full bytes that one stands for
 */
public record Checkpoints(Spread millis, Spread written, Spread full) {

    /** All that are known; null where none is complete. */
    public static Checkpoints of(CheckpointStatsSnapshot known) {
        return since(0, known);
    }

    /**
     * Those that were begun since a moment; null where none of them is complete.
     *
     * @param from epoch ms
     */
    public static Checkpoints since(long from, CheckpointStatsSnapshot known) {
        List<CompletedCheckpointStats> complete =
                known.getHistory().getCheckpoints().stream()
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
                        spread(complete, AbstractCheckpointStats::getStateSize));
    }

    private static Spread spread(
            List<CompletedCheckpointStats> checkpoints,
            ToDoubleFunction<CompletedCheckpointStats> figure) {
        return Spread.of(checkpoints.stream().map(figure::applyAsDouble).toList());
    }
}
