package io.atalaya.bench.hotlist;

import io.atalaya.bench.latency.LatencyFigures;
import io.atalaya.bench.report.FiguresJson;
import io.atalaya.bench.throughput.ExactJoin;
import io.atalaya.bench.throughput.PassThrough;
import io.atalaya.bench.throughput.WholeJob;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;

/** Writes the figures with every lap, for scripts that compare runs. */
final class HotlistFiguresJson {
    private HotlistFiguresJson() {}

    static byte[] write(HotlistFigures figures) {
        return JsonOut.object(
                out -> {
                    out.object("machine", figures.machine(), FiguresJson::machine);
                    out.object("plan", figures.plan(), HotlistFiguresJson::plan);
                    out.objects("throughput", figures.races(), HotlistFiguresJson::race);
                    out.object("latency", figures.latency(), HotlistFiguresJson::latency);
                    out.objects("state", figures.sizes(), HotlistFiguresJson::size);
                    out.object(
                            "steadyCheckpoints",
                            figures.steadyCheckpoints(),
                            FiguresJson::checkpoints);
                    out.object("extrapolated", figures.footprint(), HotlistFiguresJson::footprint);
                });
    }

    private static void plan(BenchPlan plan, JsonOut out) throws IOException {
        out.number("reads", plan.reads());
        out.number("runs", plan.runs());
        out.number("mostWarmups", plan.mostWarmups());
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
        FiguresJson.ratio(
                "jobToPassThroughByCpu", race.cpuRatio(WholeJob.NAME, PassThrough.NAME), out);
        FiguresJson.ratio("jobToExactJoinByCpu", race.cpuRatio(WholeJob.NAME, ExactJoin.NAME), out);
        out.string("exactJoinDoesLess", ExactJoin.LESS);
        out.objects("laps", race.laps(), FiguresJson::lap);
    }

    private static void latency(LatencyFigures latency, JsonOut out) throws IOException {
        out.number("readsPerSecond", latency.readsPerSecond());
        out.number("entries", latency.entries());
        out.number("seconds", latency.seconds());
        out.object("readToAlertMs", latency.alert(), FiguresJson::delays);
        out.object("listChangeToEffectMs", latency.changes(), FiguresJson::delays);
        out.object("addedCarSeenBeforeMs", latency.addedPast(), FiguresJson::delays);
        out.object("addedCarPassesNowMs", latency.addedNow(), FiguresJson::delays);
        out.object("removedToEndedMs", latency.removed(), FiguresJson::delays);
        out.object("feedLatenessMs", latency.lateness(), FiguresJson::delays);
    }

    private static void size(SizeFigures size, JsonOut out) throws IOException {
        out.number("entries", size.entries());
        out.number("records", size.reads());
        out.number("loadSeconds", size.loadSeconds());
        out.number("stateBytesPerEntry", size.stateOfEntry());
        out.number("stateBytesPerRecord", size.stateOfRead());
        out.number("filterBytes", size.filterBytes());
        out.number("heapBytesPerEntry", size.heapOfEntry());
        out.number("heapBytesPerRecord", size.heapOfRead());
        out.object("empty", size.empty(), FiguresJson::holding);
        out.object("list", size.list(), FiguresJson::holding);
        out.object("after", size.after(), FiguresJson::holding);
        out.object("checkpoints", size.checkpoints(), FiguresJson::checkpoints);
    }

    private static void footprint(Footprint footprint, JsonOut out) throws IOException {
        out.number("entries", footprint.entries());
        out.number("heapBytes", footprint.heapBytes());
        out.number("sightedBytes", footprint.sightedBytes());
        out.number("managedBytes", footprint.managedBytes());
        out.number("otherBytes", footprint.otherBytes());
        out.number("totalBytes", footprint.total());
        out.number("limitBytes", Footprint.LIMIT);
        out.bool("fits", footprint.fits());
        out.number("diskBytes", footprint.diskBytes());
    }
}
