package io.atalaya.bench.hotlist;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code scripts/bench hotlist}: the matching job beside what else one could run. */
@Command(
        name = "hotlist",
        sortOptions = false,
        description = {
            "Measures the job hotlist-match on this machine, in one process with a broker:",
            "throughput beside (a) source, parse, discard and (c) an exact join in Kafka Streams,",
            "latency under a steady feed, and what state and heap an entry and a read cost.",
            "docs/benchmark.md tells how to read the table.",
        })
public final class HotlistBenchCommand implements Callable<Integer> {
    private static final int PARALLELISM = 2;

    @Spec private CommandSpec spec;

    @Option(
            names = "--entries",
            split = ",",
            paramLabel = "N",
            description = "Sizes of the list, rising (default: 200000,1000000).")
    private List<Integer> entries;

    @Option(
            names = "--reads",
            paramLabel = "N",
            description = "Plate reads recorded, 1,000 to 1,200,000 (default: 1000000).")
    private Integer reads;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Measured laps of each contender, 1 to 99 (default: 5).")
    private Integer runs;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Reads a second of the steady feed, 10 to 20,000 (default: 5000).")
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
            description = "Of the recording and the list (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--quick",
            description =
                    "Small sizes and one lap: whether it runs, not how fast. Other options still"
                            + " count.")
    private boolean quick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where all figures, every lap among them, go as JSON.")
    private Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException, IOException {
        BenchPlan plan = plan();
        HotlistFigures figures =
                new HotlistBench(plan, line -> spec.commandLine().getErr().println(line)).run();
        spec.commandLine().getOut().println(HotlistTable.of(figures));
        spec.commandLine().getOut().flush();
        if (json != null) {
            Files.write(json, HotlistFiguresJson.write(figures));
        }
        return 0;
    }

    private BenchPlan plan() {
        BenchPlan plan =
                new BenchPlan(
                        entries != null
                                ? List.copyOf(entries)
                                : quick ? List.of(2_000, 10_000) : List.of(200_000, 1_000_000),
                        orElse(reads, quick ? 20_000 : 1_000_000),
                        orElse(runs, quick ? 1 : 5),
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

    private List<String> faults(BenchPlan plan) {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < plan.entries().size(); i++) {
            int size = plan.entries().get(i);
            if (size < 1_000 || size > 10_000_000 || i > 0 && size <= plan.entries().get(i - 1)) {
                faults.add(
                        "--entries: got "
                                + plan.entries()
                                + ", expected rising numbers of 1,000 to 10,000,000");
                break;
            }
        }
        check(faults, "--reads", plan.reads(), 1_000, 1_200_000);
        check(faults, "--runs", plan.runs(), 1, 99);
        check(faults, "--rate", plan.readsPerSecond(), 10, 20_000);
        check(faults, "--seconds", plan.steadySeconds(), 1, 3_600);
        if (json != null && Files.isDirectory(json)) {
            faults.add("--json: got " + json + ", expected a file, not a directory");
        }
        return faults;
    }

    private static void check(
            List<String> faults, String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            faults.add(
                    String.format(
                            java.util.Locale.ROOT,
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
