package io.atalaya.bench.hotlist;

import io.atalaya.bench.comparison.BenchOptions;
import io.atalaya.bench.comparison.PlotOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code scripts/bench hotlist}: compares the matching job with alternatives. */
@Command(
        name = "hotlist",
        sortOptions = false,
        description = {
            "Measures the job hotlist-match on this machine, in one process with a broker: throughput beside"
                    + " exact joins in Kafka Streams and in Flink's SQL that do as much, what each of its"
                    + " functions costs, latency under a steady feed, and what state and heap an entry and a"
                    + " read cost.",
            "docs/benchmark.md explains the table.",
        })
public final class HotlistBenchCommand implements Callable<Integer> {
    /** The sample city's limit. */
    private static final int MAX_READS_PER_SECOND = 19_000;

    @Option(
            names = "--entries",
            split = ",",
            paramLabel = "N",
            description = "Sizes of the list, rising (default: 200000,1000000).")
    private List<Integer> entries;

    @Option(
            names = "--contests",
            split = ",",
            paramLabel = "NAME",
            description = "Contests that are run, of ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Contest> contests = EnumSet.allOf(Contest.class);

    @Option(
            names = "--reads",
            paramLabel = "N",
            description = "Plate reads recorded, 1,000 to 3,000,000 (default: 1000000).")
    private Integer reads;

    @Mixin private PlotOptions plots;

    @Mixin private BenchOptions options;

    @Override
    public Integer call() throws InterruptedException, IOException {
        HotlistReport report = new HotlistBench(plan(), options::log).run();
        options.write(report);
        plots.write(report.plots());
        return 0;
    }

    private HotlistBench.Plan plan() {
        HotlistBench.Plan plan =
                new HotlistBench.Plan(
                        options.given(entries, List.of(2_000, 10_000), List.of(200_000, 1_000_000)),
                        contests,
                        options.given(reads, 20_000, 1_000_000),
                        options.runs(),
                        options.maxWarmups(),
                        options.lapSeconds(),
                        options.rates(),
                        options.seconds(),
                        options.checkpointIntervalMs(),
                        options.parallelism(),
                        options.seed());
        List<String> faults = options.faultsOfRates(MAX_READS_PER_SECOND);
        BenchOptions.checkRising(faults, "--entries", plan.entries(), 1_000, 10_000_000);
        BenchOptions.check(faults, "--reads", plan.reads(), 1_000, 3_000_000);
        BenchOptions.check(
                faults,
                "--entries, the largest, for this steady feed",
                plan.maxEntries(),
                HotlistFeed.entries(plan),
                10_000_000);
        plots.addFaults(faults);
        options.requireNone(faults);
        return plan;
    }
}
