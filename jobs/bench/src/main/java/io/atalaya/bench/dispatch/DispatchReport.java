package io.atalaya.bench.dispatch;

import io.atalaya.bench.cluster.Checkpoints;
import io.atalaya.bench.cluster.PassThrough;
import io.atalaya.bench.comparison.Comparison;
import io.atalaya.bench.comparison.Machine;
import io.atalaya.bench.comparison.Report;
import io.atalaya.bench.comparison.Table;
import io.atalaya.dispatch.DispatchJob;
import io.atalaya.simulator.dispatch.DispatchLoad.Area;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;

/**
 * All measurements of a run.
 *
 * @param heartbeats at full speed
 */
record DispatchReport(
        Machine machine,
        DispatchBench.Plan plan,
        List<EngineBench.Result> engine,
        Comparison heartbeats,
        LiveFeed.Result live)
        implements Report {
    private static final double PERCENT = 100;
    private static final double MILLIS = 1_000;

    @JsonProperty
    double heartbeatsToPassThrough() {
        return heartbeats.ratio(DispatchJob.NAME, PassThrough.NAME);
    }

    @Override
    public void print(Table table) {
        table.machine(machine, plan.parallelism(), plan.seed());
        table.line("");
        table.line(
                "ENGINE alone, in one thread: events a second, median (least … most); µs of processor an event");
        for (EngineBench.Result each : engine) {
            table.line(
                    "  %-28s %,9.0f (%,9.0f … %,9.0f) of %d   %6.1f µs   %,7d incidents, %,7d messages",
                    "%s, %,d in %,d s"
                            .formatted(words(each.area()), each.events(), each.simulatedSeconds()),
                    each.eventsPerSecond().median(),
                    each.eventsPerSecond().min(),
                    each.eventsPerSecond().max(),
                    each.eventsPerSecond().count(),
                    each.cpuMicros().median(),
                    each.incidents(),
                    each.messages());
        }
        table.line("");
        table.line("HEARTBEATS of %,d buttons", plan.buttons());
        table.throughputHead("heartbeat");
        table.contender("a", heartbeats, PassThrough.NAME);
        table.contender("b", heartbeats, DispatchJob.NAME);
        table.line("  b/a %3.0f %%", PERCENT * heartbeatsToPassThrough());
        cost("no heartbeats", live.idle(), table);
        cost("one a minute of each button", live.heartbeats(), table);
        cost("and a steady load", live.steady(), table);
        table.line("");
        table.line(
                "LATENCY, ms, from when an alert was due until its message is in a site's queue");
        table.delayHeads();
        table.delays(
                "%,.0f events/s for %d s".formatted(plan.eventsPerSecond(), plan.steadySeconds()),
                live.alertToQueue());
        for (LiveFeed.Storm each : live.storms()) {
            table.delays(
                    "storm %s, kidnappings".formatted(words(each.area())),
                    each.kidnappingToQueue());
        }
        table.delays("the feed itself", live.lateness());
        for (LiveFeed.Storm each : live.storms()) {
            table.line(
                    "  storm %s: %,d events in %d s are through after %.1f s",
                    words(each.area()),
                    each.events(),
                    each.seconds(),
                    each.throughMillis() / MILLIS);
        }
        Checkpoints.print("in the storms", live.checkpoints(), table);
    }

    private void cost(String name, LiveFeed.Cost cost, Table table) {
        table.line(
                "  %-28s %,7.0f records/s take %5.1f %% of one core%s",
                name,
                cost.records() / cost.seconds(),
                PERCENT * cost.coreShare(),
                cost == live.idle()
                        ? ""
                        : ", %,.0f µs a record beyond idle"
                                .formatted(cost.microsBeyond(live.idle())));
    }

    private static String words(Area area) {
        return switch (area) {
            case STATE -> "over the state";
            case ONE_PLACE -> "around one place";
            case ONE_POINT -> "at one point";
        };
    }
}
