package io.atalaya.bench.video;

import io.atalaya.bench.comparison.BenchOptions;
import io.atalaya.bench.comparison.PlotOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code scripts/bench video}: compares the camera job with the upper bound of the machine. */
@Command(
        name = "video",
        sortOptions = false,
        description = {
            "Measures the job video-analytics on this machine, in one process with a broker: frames a second beside"
                    + " source, parse, discard; what a camera's state takes; how the cost of a frame grows from few"
                    + " cameras to many; the delay from frame to alert under a steady feed."
        })
public final class VideoBenchCommand implements Callable<Integer> {
    /** The maximum that one process can feed. */
    private static final int MAX_FRAMES_PER_SECOND = 100_000;

    @Option(
            names = "--cameras",
            split = ",",
            paramLabel = "N",
            description = "Sizes of the city, rising (default: 100,2000,20000).")
    private List<Integer> cameras;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description =
                    "Frames recorded, over all cameras, 1,000 to 5,000,000 (default: 1200000).")
    private Integer frames;

    @Option(
            names = "--without-models",
            description = "Measures the job without its models, too: what they cost.")
    private boolean withoutModels;

    @Mixin private PlotOptions plots;

    @Mixin private BenchOptions options;

    @Override
    public Integer call() throws InterruptedException, IOException {
        VideoReport report = new VideoBench(plan(), options::log).run();
        options.write(report);
        plots.write(report.plots());
        return 0;
    }

    private VideoBench.Plan plan() {
        VideoBench.Plan plan =
                new VideoBench.Plan(
                        options.given(cameras, List.of(50, 500), List.of(100, 2_000, 20_000)),
                        options.given(frames, 10_000, 1_200_000),
                        options.runs(),
                        options.maxWarmups(),
                        options.lapSeconds(),
                        options.rate(),
                        options.seconds(),
                        options.checkpointIntervalMs(),
                        options.parallelism(),
                        options.seed(),
                        withoutModels);
        List<String> faults = options.faults(MAX_FRAMES_PER_SECOND);
        BenchOptions.checkRising(faults, "--cameras", plan.cameras(), 10, 1_000_000);
        BenchOptions.check(faults, "--frames", plan.frames(), 1_000, 5_000_000);
        checkFeed(faults, plan);
        plots.addFaults(faults);
        options.requireNone(faults);
        return plan;
    }

    /**
     * Rejects a feed too short for all intrusions, because impossible alerts would count as
     * missing.
     */
    private static void checkFeed(List<String> faults, VideoBench.Plan plan) {
        int min = Intrusions.minSeconds(plan.maxCameras(), plan.framesPerSecond());
        if (plan.steadySeconds() < min) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "--seconds: got %d, expected at least %d: at --rate %,.0f each of %,d"
                                    + " cameras sends too few frames for a person to enter its"
                                    + " zone while it is measured",
                            plan.steadySeconds(),
                            min,
                            plan.framesPerSecond(),
                            plan.maxCameras()));
        }
    }
}
