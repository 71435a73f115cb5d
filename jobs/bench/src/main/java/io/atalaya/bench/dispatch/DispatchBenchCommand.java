package io.atalaya.bench.dispatch;

import io.atalaya.bench.comparison.BenchOptions;
import io.atalaya.simulator.dispatch.DispatchLoad.Area;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code scripts/bench dispatch}: measures the job that sends incidents to the sites. */
@Command(
        name = "dispatch",
        sortOptions = false,
        description = {
            "Measures the job dispatch on this machine: events a second through the incident engine alone; and in one"
                    + " process with a broker heartbeats of buttons, the delay from alert to queue at a steady load, and"
                    + " storms: over the state, around one place, and at one point."
        })
public final class DispatchBenchCommand implements Callable<Integer> {
    /** The maximum that one process can feed. */
    private static final int MAX_RATE = 1_000;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events of a storm, 100 to 200,000 (default: 20000).")
    private Integer events;

    @Option(
            names = "--storm-seconds",
            paramLabel = "N",
            description = "Within so many seconds, 1 to 600 (default: 10).")
    private Integer stormSeconds;

    @Option(
            names = "--buttons",
            paramLabel = "N",
            description =
                    "Help buttons, each with a heartbeat a minute, 100 to 100,000 (default: 45000).")
    private Integer buttons;

    @Option(
            names = "--areas",
            split = ",",
            paramLabel = "AREA",
            description = "Where storms happen: ${COMPLETION-CANDIDATES} (default: each in turn).")
    private List<Area> areas;

    @Mixin private BenchOptions options;

    @Override
    public Integer call() throws InterruptedException, IOException {
        options.write(new DispatchBench(plan(), options::log).run());
        return 0;
    }

    private DispatchBench.Plan plan() {
        DispatchBench.Plan plan =
                new DispatchBench.Plan(
                        options.given(events, 2_000, 20_000),
                        options.given(stormSeconds, 1, 10),
                        options.given(buttons, 1_500, 45_000),
                        options.given(null, 2, 10),
                        areas == null ? List.of(Area.values()) : List.copyOf(areas),
                        options.rate(20, 50),
                        options.seconds(),
                        options.runs(),
                        options.maxWarmups(),
                        options.lapSeconds(),
                        options.checkpointIntervalMs(),
                        options.parallelism(),
                        options.seed());
        List<String> faults = options.faults(MAX_RATE);
        BenchOptions.check(faults, "--events", plan.events(), 100, 200_000);
        BenchOptions.check(faults, "--storm-seconds", plan.stormSeconds(), 1, 600);
        BenchOptions.check(faults, "--buttons", plan.buttons(), 100, 100_000);
        options.requireNone(faults);
        return plan;
    }
}
