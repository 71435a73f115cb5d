package io.atalaya.bench.hotlist;

import io.atalaya.bench.latency.LatencyFigures;
import io.atalaya.bench.measure.Delays;
import io.atalaya.bench.measure.Machine;
import io.atalaya.bench.measure.Spread;
import io.atalaya.bench.state.CheckpointLines;
import io.atalaya.bench.throughput.ExactJoin;
import io.atalaya.bench.throughput.PassThrough;
import io.atalaya.bench.throughput.WholeJob;

import java.util.List;
import java.util.Locale;

/** Formats the figures as text, with what each contender leaves out. */
final class HotlistTable {
    private static final double MIB = 1 << 20;
    private static final double PERCENT = 100;

    private final StringBuilder text = new StringBuilder();

    private HotlistTable() {}

    static String of(HotlistFigures figures) {
        HotlistTable table = new HotlistTable();
        table.machine(figures);
        table.throughput(figures.races());
        table.latency(figures.latency());
        table.state(figures.sizes());
        CheckpointLines.write("steady feed", figures.steadyCheckpoints(), table::add);
        CheckpointLines.writeSteps(figures.steadyCheckpoints(), table::add);
        if (figures.footprint() != null) {
            table.footprint(figures.footprint());
        }
        return table.text.toString();
    }

    private void machine(HotlistFigures figures) {
        Machine machine = figures.machine();
        line("%s", machine.inWords());
        line(
                "heap at most %,.0f MiB, broker and jobs in one process, parallelism %d, seed %d",
                machine.heapLimitBytes() / MIB,
                figures.plan().parallelism(),
                figures.plan().seed());
        line("");
    }

    private void throughput(List<Race> races) {
        line(
                "THROUGHPUT, records a second: median (least … most) of the laps; CPU: µs a record, whole process, and how much of it is Java's compiler");
        for (Race race : races) {
            line("");
            line(
                    "%,d entries, tags %s, %,d records",
                    race.entries(), race.tags() ? "on" : "off", race.records());
            contender("a", race, PassThrough.NAME);
            contender("b", race, WholeJob.NAME);
            contender("c", race, ExactJoin.NAME);
            line(
                    "  b/a %3.0f %%   b/c %4.2f x   by CPU: b/a %3.0f %%   b/c %4.2f x",
                    PERCENT * race.ratio(WholeJob.NAME, PassThrough.NAME),
                    race.ratio(WholeJob.NAME, ExactJoin.NAME),
                    PERCENT * race.cpuRatio(WholeJob.NAME, PassThrough.NAME),
                    race.cpuRatio(WholeJob.NAME, ExactJoin.NAME));
        }
        line("");
        line("  a does less than b: source, parse, discard; no state, no shuffle.");
        line("  c does less than b: %s.", ExactJoin.LESS);
        line("");
    }

    private void contender(String letter, Race race, String name) {
        Spread speed = race.speed(name);
        line(
                "  %s %-24s %,9.0f (%,9.0f … %,9.0f) of %d   CPU %5.1f, compiler %2.0f %%",
                letter,
                name,
                speed.median(),
                speed.min(),
                speed.max(),
                speed.count(),
                race.cpu(name).median(),
                PERCENT * race.compiler(name).median());
    }

    private void latency(LatencyFigures latency) {
        line(
                "LATENCY, ms, at %,.0f reads/s for %d s against %,d entries, from when it was due",
                latency.readsPerSecond(), latency.seconds(), latency.entries());
        line(
                "  %-44s %8s %8s %8s %8s %8s %8s",
                "", "count", "missing", "p50", "p99", "p99.9", "max");
        delays("read to alert", latency.alert());
        delays("list change to effect", latency.changes());
        delays("  entry added, car seen a second before", latency.addedPast());
        delays("  entry added, car passes at that moment", latency.addedNow());
        delays("  entry removed, alert open, to ENDED", latency.removed());
        delays("(the feed's own lateness, contained above)", latency.lateness());
        line("");
    }

    private void delays(String name, Delays delays) {
        line(
                "  %-44s %8d %8d %8.1f %8.1f %8.1f %8.1f",
                name,
                delays.count(),
                delays.missing(),
                delays.p50(),
                delays.p99(),
                delays.p999(),
                delays.max());
    }

    private void state(List<SizeFigures> sizes) {
        line(
                "STATE, bytes, by the difference of two savepoints (as written) or two heaps (collected)");
        for (SizeFigures size : sizes) {
            line(
                    "  %,9d entries: state %,.0f an entry, %,.0f a record; heap %,.0f an entry, %,.0f a record; list on topic to checkpoint %.1f s",
                    size.entries(),
                    size.stateOfEntry(),
                    size.stateOfRead(),
                    size.heapOfEntry(),
                    size.heapOfRead(),
                    size.loadSeconds());
            line(
                    "            full checkpoint: list %,.1f MiB, list and reads %,.1f MiB; heap used %,.0f MiB",
                    size.list().checkpointBytes() / MIB,
                    size.after().checkpointBytes() / MIB,
                    size.after().heapBytes() / MIB);
            CheckpointLines.write("catch-up", size.checkpoints(), this::add);
        }
    }

    private void footprint(Footprint footprint) {
        line("");
        line(
                "EXTRAPOLATED to %,d entries: heap %,.0f MiB + %,.0f MiB of as many sighted plates + RocksDB's memory %,.0f MiB (as configured) + %,.0f MiB beside = %,.0f MiB: %s in 8 GiB; %,.0f MiB on disk",
                footprint.entries(),
                footprint.heapBytes() / MIB,
                footprint.sightedBytes() / MIB,
                footprint.managedBytes() / MIB,
                footprint.otherBytes() / MIB,
                footprint.total() / MIB,
                footprint.fits() ? "fits" : "does not fit",
                footprint.diskBytes() / MIB);
    }

    private void line(String format, Object... values) {
        add(String.format(Locale.ROOT, format, values));
    }

    private void add(String line) {
        text.append(line).append('\n');
    }
}
