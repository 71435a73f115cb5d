package io.atalaya.bench.state;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Formats the cost of checkpoints as text. */
public final class CheckpointLines {
    private static final double MIB = 1 << 20;
    private static final int STEPS = 6;

    private CheckpointLines() {}

    /**
     * @param when the part of the benchmark in which they were taken
     * @param checkpoints null if none completed
     */
    public static void write(String when, Checkpoints checkpoints, Consumer<String> out) {
        if (checkpoints == null) {
            out.accept("  checkpoints, " + when + ": none completed");
            return;
        }
        out.accept(
                String.format(
                        Locale.ROOT,
                        "  checkpoints, %s: %d, median %,.0f ms (most %,.0f), new files %,.1f MiB"
                                + " (most %,.1f), full %,.1f MiB",
                        when,
                        checkpoints.millis().count(),
                        checkpoints.millis().median(),
                        checkpoints.millis().max(),
                        checkpoints.written().median() / MIB,
                        checkpoints.written().max() / MIB,
                        checkpoints.full().max() / MIB));
    }

    /** The steps with the longest synchronous part. */
    public static void writeSteps(Checkpoints checkpoints, Consumer<String> out) {
        if (checkpoints == null) {
            return;
        }
        out.accept(
                "                                          stands ms   (most)  aligns   begun  stores"
                        + "  new MiB");
        List<CheckpointStep> slowest =
                checkpoints.steps().subList(0, Math.min(STEPS, checkpoints.steps().size()));
        for (CheckpointStep step : slowest) {
            out.accept(
                    String.format(
                            Locale.ROOT,
                            "    %-44.44s %,6.0f  %,7.0f  %,6.0f  %,6.0f  %,6.0f  %,7.1f",
                            step.name(),
                            step.sync().median(),
                            step.sync().max(),
                            step.aligned().median(),
                            step.begun().median(),
                            step.async().median(),
                            step.written().median() / MIB));
        }
    }
}
