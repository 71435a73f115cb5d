package io.atalaya.bench.hotlist;

import io.atalaya.bench.latency.LatencyFigures;
import io.atalaya.bench.measure.Delays;
import io.atalaya.bench.measure.Spread;
import io.atalaya.bench.throughput.ExactJoin;
import io.atalaya.bench.throughput.Lap;
import io.atalaya.bench.throughput.PassThrough;
import io.atalaya.bench.throughput.WholeJob;
import io.atalaya.json.JsonOut;

import java.io.IOException;

/** The figures with every lap, for scripts that compare runs. */
final class HotlistFiguresJson {
    private HotlistFiguresJson() {}

    static byte[] write(HotlistFigures figures) {
        return JsonOut.object(
                out -> {
                    out.object("machine", figures.machine(), HotlistFiguresJson::machine);
                    out.object("plan", figures.plan(), HotlistFiguresJson::plan);
                    out.objects("throughput", figures.races(), HotlistFiguresJson::race);
                    out.object("latency", figures.latency(), HotlistFiguresJson::latency);
                    out.objects("state", figures.sizes(), HotlistFiguresJson::size);
                    out.object(
                            "steadyCheckpoints",
                            figures.steadyCheckpoints(),
                            HotlistFiguresJson::checkpoints);
                    out.object("extrapolated", figures.footprint(), HotlistFiguresJson::footprint);
                });
    }

    private static void machine(Machine machine, JsonOut out) throws IOException {
        out.string("processor", machine.processor());
        out.number("cores", machine.cores());
        out.number("heapLimitBytes", machine.heapLimitBytes());
        out.string("java", machine.java());
        out.string("system", machine.system());
    }

    private static void plan(BenchPlan plan, JsonOut out) throws IOException {
        out.number("reads", plan.reads());
        out.number("runs", plan.runs());
        out.number("warmups", plan.warmups());
        out.number("readsPerSecond", plan.readsPerSecond());
        out.number("steadySeconds", plan.steadySeconds());
        out.number(
                "checkpointIntervalMs",
                plan.checkpoints() == null ? null : plan.checkpoints().toMillis());
        out.number("parallelism", plan.parallelism());
        out.number("seed", plan.seed());
    }

    private static void race(Race race, JsonOut out) throws IOException {
        out.number("entries", race.entries());
        out.bool("tags", race.tags());
        out.number("records", race.records());
        out.number("jobToPassThrough", race.ratio(WholeJob.NAME, PassThrough.NAME));
        out.number("jobToExactJoin", race.ratio(WholeJob.NAME, ExactJoin.NAME));
        out.number("jobToPassThroughByCpu", race.cpuRatio(WholeJob.NAME, PassThrough.NAME));
        out.number("jobToExactJoinByCpu", race.cpuRatio(WholeJob.NAME, ExactJoin.NAME));
        out.string("exactJoinDoesLess", ExactJoin.LESS);
        out.objects("laps", race.laps(), HotlistFiguresJson::lap);
    }

    private static void lap(Lap lap, JsonOut out) throws IOException {
        out.string("contender", lap.contender());
        out.number("round", lap.round());
        out.number("records", lap.records());
        out.number("seconds", lap.seconds());
        out.number("cpuSeconds", lap.cpuSeconds());
        out.number("recordsPerSecond", lap.recordsPerSecond());
    }

    private static void latency(LatencyFigures latency, JsonOut out) throws IOException {
        out.number("readsPerSecond", latency.readsPerSecond());
        out.number("entries", latency.entries());
        out.number("seconds", latency.seconds());
        out.object("readToAlertMs", latency.alert(), HotlistFiguresJson::delays);
        out.object("listChangeToEffectMs", latency.changes(), HotlistFiguresJson::delays);
        out.object("addedCarSeenBeforeMs", latency.addedPast(), HotlistFiguresJson::delays);
        out.object("addedCarPassesNowMs", latency.addedNow(), HotlistFiguresJson::delays);
        out.object("removedToEndedMs", latency.removed(), HotlistFiguresJson::delays);
        out.object("feedLatenessMs", latency.lateness(), HotlistFiguresJson::delays);
    }

    private static void delays(Delays delays, JsonOut out) throws IOException {
        out.number("count", delays.count());
        out.number("missing", delays.missing());
        out.number("p50", delays.p50());
        out.number("p99", delays.p99());
        out.number("p999", delays.p999());
        out.number("max", delays.max());
    }

    private static void size(SizeFigures size, JsonOut out) throws IOException {
        out.number("entries", size.entries());
        out.number("records", size.reads());
        out.number("loadSeconds", size.loadSeconds());
        out.number("stateBytesPerEntry", size.stateOfEntry());
        out.number("stateBytesPerRecord", size.stateOfRead());
        out.number("heapBytesPerEntry", size.heapOfEntry());
        out.number("heapBytesPerRecord", size.heapOfRead());
        out.object("empty", size.empty(), HotlistFiguresJson::holding);
        out.object("list", size.list(), HotlistFiguresJson::holding);
        out.object("after", size.after(), HotlistFiguresJson::holding);
        out.object("checkpoints", size.checkpoints(), HotlistFiguresJson::checkpoints);
    }

    private static void holding(Holding holding, JsonOut out) throws IOException {
        out.number("heapBytes", holding.heapBytes());
        out.number("savepointBytes", holding.savepointBytes());
        out.number("checkpointBytes", holding.checkpointBytes());
    }

    private static void checkpoints(Checkpoints checkpoints, JsonOut out) throws IOException {
        out.object("millis", checkpoints.millis(), HotlistFiguresJson::spread);
        out.object("writtenBytes", checkpoints.written(), HotlistFiguresJson::spread);
        out.object("fullBytes", checkpoints.full(), HotlistFiguresJson::spread);
    }

    private static void spread(Spread spread, JsonOut out) throws IOException {
        out.number("count", spread.count());
        out.number("median", spread.median());
        out.number("min", spread.min());
        out.number("max", spread.max());
    }

    private static void footprint(Footprint footprint, JsonOut out) throws IOException {
        out.number("entries", footprint.entries());
        out.number("heapBytes", footprint.heapBytes());
        out.number("managedBytes", footprint.managedBytes());
        out.number("otherBytes", footprint.otherBytes());
        out.number("totalBytes", footprint.total());
        out.number("limitBytes", Footprint.LIMIT);
        out.bool("fits", footprint.fits());
        out.number("diskBytes", footprint.diskBytes());
    }
}
