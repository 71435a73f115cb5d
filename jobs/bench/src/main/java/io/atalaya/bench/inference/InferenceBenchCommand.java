package io.atalaya.bench.inference;

import io.atalaya.bench.comparison.BenchOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code scripts/bench inference}: measures the cost of serving a model, and the overhead of DJL.
 */
@Command(
        name = "inference",
        sortOptions = false,
        description = {
            "Measures the two models of the camera job on this machine, without a job: DJL in micro-batches as the job"
                    + " serves them beside raw ONNX Runtime and beside DJL record by record, by batch size; the delay"
                    + " that waiting for a batch adds; memory over a million inferences.",
            "--rate are the records that come while delays are measured, --seconds is how long that is done in all."
        })
public final class InferenceBenchCommand implements Callable<Integer> {
    private static final int MAX_RECORDS_PER_SECOND = 100_000;
    private static final int MAX_MILLIS = 1_000;

    @Option(
            names = "--batches",
            split = ",",
            paramLabel = "N",
            description = "Sizes of a batch, rising (default: 1,8,64,256).")
    private List<Integer> batches;

    @Option(
            names = "--linger",
            defaultValue = "5",
            paramLabel = "MS",
            description =
                    "How long a record waits at most for its batch to fill, 0 to 1,000 ms (default:"
                            + " ${DEFAULT-VALUE}).")
    private int linger;

    @Option(
            names = "--inferences",
            paramLabel = "N",
            description =
                    "Of each model while memory is watched, 1,000 to 100,000,000 (default:"
                            + " 1000000).")
    private Integer inferences;

    @Mixin private BenchOptions options;

    @Override
    public Integer call() throws IOException {
        options.write(new InferenceBench(plan(), options::log).run());
        return 0;
    }

    private InferenceBench.Plan plan() {
        InferenceBench.Plan plan =
                new InferenceBench.Plan(
                        options.given(batches, List.of(1, 16), List.of(1, 8, 64, 256)),
                        options.runs(),
                        options.warmups(),
                        options.given(null, 50, 500),
                        options.rate(),
                        options.seconds(),
                        linger,
                        options.given(inferences, 4_000, 1_000_000),
                        options.seed());
        List<String> faults = options.faults(MAX_RECORDS_PER_SECOND);
        BenchOptions.checkRising(faults, "--batches", plan.batches(), 1, 4_096);
        BenchOptions.check(faults, "--linger", linger, 0, MAX_MILLIS);
        BenchOptions.check(faults, "--inferences", plan.inferences(), 1_000, 100_000_000);
        options.requireNone(faults);
        return plan;
    }
}
