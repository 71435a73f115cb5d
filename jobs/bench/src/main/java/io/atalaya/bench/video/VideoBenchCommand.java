package io.atalaya.bench.video;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code scripts/bench video}: the camera job beside what the machine allows at most. */
@Command(
        name = "video",
        sortOptions = false,
        description = {
            "Measures the job video-analytics on this machine, in one process with a broker: frames a second beside"
                    + " source, parse, discard; what a camera's state takes; how the cost of a frame grows from few"
                    + " cameras to many; the delay from frame to alert under a steady feed."
        })
public final class VideoBenchCommand implements Callable<Integer> {
    private static final int PARALLELISM = 2;

    @Spec private CommandSpec spec;

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
                    "Frames recorded, over all cameras, 1,000 to 5,000,000 (default: 600000).")
    private Integer frames;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Measured laps of each contender, 1 to 99 (default: 3).")
    private Integer runs;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Frames a second of the steady feed, 10 to 100,000 (default: 5000).")
    private Double rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the steady feed is measured, 1 to 3,600 (default: 60).")
    private Integer seconds;

    @Option(
            names = "--seed",
            defaultValue = "4",
            paramLabel = "N",
            description = "Of the recording (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--quick",
            description =
                    "Small sizes and one lap: whether it runs, not how fast. Other options still"
                            + " count.")
    private boolean quick;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        VideoBenchPlan plan = plan();
        VideoFigures figures =
                new VideoBench(plan, line -> spec.commandLine().getErr().println(line)).run();
        spec.commandLine().getOut().println(VideoTable.of(figures));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private VideoBenchPlan plan() {
        VideoBenchPlan plan =
                new VideoBenchPlan(
                        cameras != null
                                ? List.copyOf(cameras)
                                : quick ? List.of(50, 500) : List.of(100, 2_000, 20_000),
                        orElse(frames, quick ? 10_000 : 600_000),
                        orElse(runs, quick ? 1 : 3),
                        quick ? 0 : 1,
                        rate != null ? rate : quick ? 500 : 5_000,
                        orElse(seconds, quick ? 5 : 60),
                        quick ? Duration.ofMillis(500) : null,
                        PARALLELISM,
                        seed);
        List<String> faults = faults(plan);
        if (!faults.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", faults));
        }
        return plan;
    }

    private static List<String> faults(VideoBenchPlan plan) {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < plan.cameras().size(); i++) {
            int size = plan.cameras().get(i);
            if (size < 10 || size > 1_000_000 || i > 0 && size <= plan.cameras().get(i - 1)) {
                faults.add(
                        "--cameras: got "
                                + plan.cameras()
                                + ", expected rising numbers of 10 to 1,000,000");
                break;
            }
        }
        check(faults, "--frames", plan.frames(), 1_000, 5_000_000);
        check(faults, "--runs", plan.runs(), 1, 99);
        check(faults, "--rate", plan.framesPerSecond(), 10, 100_000);
        check(faults, "--seconds", plan.steadySeconds(), 1, 3_600);
        return faults;
    }

    private static void check(
            List<String> faults, String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "%s: got %s, expected %,.0f to %,.0f",
                            option,
                            value,
                            least,
                            most));
        }
    }

    private static int orElse(Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }
}
