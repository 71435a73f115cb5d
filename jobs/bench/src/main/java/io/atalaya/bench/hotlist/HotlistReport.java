package io.atalaya.bench.hotlist;

import io.atalaya.bench.cluster.Checkpoints;
import io.atalaya.bench.cluster.MemoryUse;
import io.atalaya.bench.cluster.PassThrough;
import io.atalaya.bench.comparison.Comparison;
import io.atalaya.bench.comparison.Delays;
import io.atalaya.bench.comparison.Machine;
import io.atalaya.bench.comparison.Plots;
import io.atalaya.bench.comparison.Report;
import io.atalaya.bench.comparison.Table;
import io.atalaya.commandline.Chart;
import io.atalaya.hotlistmatch.HotlistMatchJob;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * All measurements of one run.
 *
 * @param footprint null if the list had only one size
 */
public record HotlistReport(
        Machine machine,
        HotlistBench.Plan plan,
        @JsonProperty("throughput") List<Throughput> throughputs,
        @JsonProperty("latency") List<Latency> latencies,
        @JsonProperty("state") List<Size> sizes,
        @JsonProperty("extrapolated") Footprint footprint)
        implements Report {
    private static final double MIB = 1 << 20;

    /** The contenders over the same records, with the same list. */
    record Throughput(
            int entries, Contest contest, long records, @JsonUnwrapped Comparison comparison) {
        /** How many times as fast the job is as each rival. */
        @JsonProperty
        Map<String, Double> jobTo() {
            return ratios(rival -> comparison.ratio(HotlistMatchJob.NAME, rival));
        }

        /** The same by processor time. */
        @JsonProperty
        Map<String, Double> jobToByCpu() {
            return ratios(rival -> comparison.cpuRatio(HotlistMatchJob.NAME, rival));
        }

        /** CPU microseconds per record of the job by group of threads. */
        @JsonProperty
        Map<String, Double> jobCpuByThreads() {
            return comparison.cpuByThreads(HotlistMatchJob.NAME);
        }

        private Map<String, Double> ratios(ToDoubleFunction<String> ratio) {
            Map<String, Double> ratios = new LinkedHashMap<>();
            for (String name : comparison.contenders()) {
                if (!name.equals(HotlistMatchJob.NAME)) {
                    ratios.put(name, ratio.applyAsDouble(name));
                }
            }
            return ratios;
        }

        /** CPU microseconds of the job for each plate read, its tag included. */
        private double cpuPerRead(long reads) {
            return comparison.cpu(HotlistMatchJob.NAME).median() * records / reads;
        }
    }

    /**
     * What one function of the job costs: the difference to the contest before it.
     *
     * @param micros CPU microseconds for each plate read
     */
    record FunctionCost(int entries, Contest added, double micros) {}

    @JsonProperty
    List<FunctionCost> functionCosts() {
        List<FunctionCost> costs = new ArrayList<>();
        Throughput before = null;
        for (Throughput each : throughputs) {
            if (each.contest == Contest.MATCHING) {
                costs.add(
                        new FunctionCost(
                                each.entries, each.contest, each.cpuPerRead(each.records)));
            } else if (before != null && before.contest.ordinal() + 1 == each.contest.ordinal()) {
                // Before the tags come, a record is a read.
                double more = each.cpuPerRead(before.records) - before.cpuPerRead(before.records);
                costs.add(new FunctionCost(each.entries, each.contest, more));
            }
            before = each;
        }
        return costs;
    }

    /**
     * Delays under a steady feed, from the due time of an input until its alert was read from the
     * topic.
     *
     * @param readsPerSecond nominal rate of the feed
     * @param isSaturated whether the job could not follow, so that no higher rate was fed
     * @param entries number of list entries
     * @param seconds measured duration, after a warm-up
     * @param alert from a listed vehicle's read to its alert
     * @param changes the next three together
     * @param addedPast from a new entry to the alert about a vehicle read a second before
     * @param addedNow from a new entry to the alert about a vehicle that passes at that moment
     * @param removed from a removal to the ENDED of the open alert
     * @param lateness lateness of the feed itself: from the due time of a record until it was sent
     * @param checkpoints of the job meanwhile; null if none completed
     */
    record Latency(
            double readsPerSecond,
            @JsonProperty("saturated") boolean isSaturated,
            int entries,
            int seconds,
            @JsonProperty("readToAlertMs") Delays alert,
            @JsonProperty("listChangeToEffectMs") Delays changes,
            @JsonProperty("addedCarSeenBeforeMs") Delays addedPast,
            @JsonProperty("addedCarPassesNowMs") Delays addedNow,
            @JsonProperty("removedToEndedMs") Delays removed,
            @JsonProperty("feedLatenessMs") Delays lateness,
            Checkpoints checkpoints) {}

    /**
     * Memory and state of the list and the reads, at one list size.
     *
     * @param records plate and tag reads processed between {@code list} and {@code after}
     * @param loadSeconds from the first published entry until a checkpoint contains all entries
     * @param filterBytes heap of the prefilters, which are allocated before the list arrives and so
     *     are part of {@code empty}
     * @param empty before the list, with the devices
     * @param list with the list, before any read
     * @param after with the list and all reads
     * @param checkpoints of the job while it processed the reads; null if none completed
     */
    record Size(
            int entries,
            long records,
            double loadSeconds,
            long filterBytes,
            MemoryUse empty,
            MemoryUse list,
            MemoryUse after,
            Checkpoints checkpoints) {

        @JsonProperty
        double stateBytesPerEntry() {
            return (double) (list.savepointBytes() - empty.savepointBytes()) / entries;
        }

        @JsonProperty
        double stateBytesPerRecord() {
            return (double) (after.savepointBytes() - list.savepointBytes()) / records;
        }

        @JsonProperty
        double heapBytesPerEntry() {
            return (double) (list.heapBytes() - empty.heapBytes() + filterBytes) / entries;
        }

        @JsonProperty
        double heapBytesPerRecord() {
            return (double) (after.heapBytes() - list.heapBytes()) / records;
        }
    }

    @Override
    public void print(Table table) {
        table.machine(machine, plan.parallelism(), plan.seed());
        table.line("");
        printThroughput(table);
        latencies.forEach(latency -> printLatency(latency, table));
        printState(table);
        if (footprint != null && !table.isQuick()) {
            printFootprint(table);
        }
    }

    /** By name of the file. */
    Map<String, Chart> plots() {
        Map<String, Chart> plots =
                Plots.ofThroughput(
                        "entries",
                        "record",
                        throughputs.stream()
                                .filter(each -> each.comparison.contenders().size() > 1)
                                .map(
                                        each ->
                                                new Plots.Sized(
                                                        each.entries,
                                                        each.contest.title,
                                                        each.comparison))
                                .toList());
        Map<String, List<Plots.Load>> delays = new LinkedHashMap<>();
        delays.put("read to alert", loads(Latency::alert));
        delays.put("list change to effect", loads(Latency::changes));
        plots.put(
                "latency-by-reads",
                Plots.ofLatency(
                        "reads a second",
                        delays,
                        latencies.stream()
                                .filter(Latency::isSaturated)
                                .mapToDouble(Latency::readsPerSecond)
                                .findFirst()));
        return plots;
    }

    private List<Plots.Load> loads(Function<Latency, Delays> delays) {
        return latencies.stream()
                .map(each -> new Plots.Load(each.readsPerSecond, delays.apply(each)))
                .toList();
    }

    private void printThroughput(Table table) {
        table.throughputHead("record");
        for (Throughput each : throughputs) {
            table.line("");
            table.line(
                    "%,d entries, %s, %,d records", each.entries, each.contest.title, each.records);
            each.comparison.contenders().forEach(name -> table.contender(each.comparison, name));
            each.jobTo()
                    .forEach(
                            (rival, ratio) ->
                                    table.line(
                                            "  %s / %s: %.2f, by CPU %.2f",
                                            HotlistMatchJob.NAME,
                                            rival,
                                            ratio,
                                            each.jobToByCpu().get(rival)));
            table.threads(each.jobCpuByThreads());
        }
        table.line("");
        table.line("  %s does less: %s.", PassThrough.NAME, PassThrough.LESS);
        table.line("  Kafka Streams does less: %s.", ExactJoin.LESS);
        table.line("  %s does less: %s.", SqlJoin.NAME, SqlJoin.LESS);
        table.line("");
        if (table.isQuick()) {
            return;
        }
        table.line("WHAT EACH FUNCTION COSTS, µs CPU a plate read, whole process");
        for (FunctionCost cost : functionCosts()) {
            table.line("  %,9d entries, %-22s %5.1f", cost.entries, cost.added.title, cost.micros);
        }
        table.line("");
    }

    private static void printLatency(Latency latency, Table table) {
        table.line(
                "LATENCY, ms, at %,.0f reads/s for %d s against %,d entries, from when it was due",
                latency.readsPerSecond, latency.seconds, latency.entries);
        table.delayHeads();
        table.delays("read to alert", latency.alert);
        table.delays("list change to effect", latency.changes);
        table.delays("  entry added, vehicle read a second before", latency.addedPast);
        table.delays("  entry added, vehicle passes at that moment", latency.addedNow);
        table.delays("  entry removed, alert open, to ENDED", latency.removed);
        table.delays("(the feed's own lateness, contained above)", latency.lateness);
        if (latency.isSaturated) {
            table.line("  saturated: the job could not follow, so no higher rate was fed");
        }
        Checkpoints.printWithSteps("steady feed", latency.checkpoints, table);
        table.line("");
    }

    private void printState(Table table) {
        table.line(
                "STATE, bytes, by the difference of two savepoints (as written) or two heaps (collected)");
        for (Size size : sizes) {
            table.line(
                    "  %,9d entries: state %,.0f an entry, %,.0f a record; heap %,.0f an entry, %,.0f a record; list on topic to checkpoint %.1f s",
                    size.entries,
                    size.stateBytesPerEntry(),
                    size.stateBytesPerRecord(),
                    size.heapBytesPerEntry(),
                    size.heapBytesPerRecord(),
                    size.loadSeconds);
            table.line(
                    "            full checkpoint: list %,.1f MiB, list and reads %,.1f MiB; heap used %,.0f MiB",
                    size.list.checkpointBytes() / MIB,
                    size.after.checkpointBytes() / MIB,
                    size.after.heapBytes() / MIB);
            Checkpoints.print("catch-up", size.checkpoints, table);
        }
    }

    private void printFootprint(Table table) {
        table.line("");
        table.line(
                "EXTRAPOLATED to %,d entries: heap %,.0f MiB + %,.0f MiB of as many sighted plates + RocksDB's memory %,.0f MiB (as configured) + %,.0f MiB beside = %,.0f MiB: %s in 8 GiB; %,.0f MiB on disk",
                footprint.entries(),
                footprint.heapBytes() / MIB,
                footprint.sightedBytes() / MIB,
                footprint.managedBytes() / MIB,
                footprint.otherBytes() / MIB,
                footprint.totalBytes() / MIB,
                footprint.fits() ? "fits" : "does not fit",
                footprint.diskBytes() / MIB);
    }
}
