package io.atalaya.bench.report;

import io.atalaya.bench.measure.Delays;
import io.atalaya.bench.measure.Machine;
import io.atalaya.bench.measure.Spread;
import io.atalaya.bench.state.CheckpointStep;
import io.atalaya.bench.state.Checkpoints;
import io.atalaya.bench.state.Holding;
import io.atalaya.bench.throughput.Lap;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;

/** Writes the common figures of the benchmarks as JSON. */
public final class FiguresJson {
    private FiguresJson() {}

    public static void machine(Machine machine, JsonOut out) throws IOException {
        out.string("processor", machine.processor());
        out.number("cores", machine.cores());
        out.number("heapLimitBytes", machine.heapLimitBytes());
        out.string("java", machine.java());
        out.string("system", machine.system());
    }

    public static void lap(Lap lap, JsonOut out) throws IOException {
        out.string("contender", lap.contender());
        out.number("round", lap.round());
        out.number("records", lap.records());
        out.number("seconds", lap.seconds());
        out.number("cpuSeconds", lap.cpuSeconds());
        out.number("compilerSeconds", lap.compilerSeconds());
        out.number("recordsPerSecond", lap.recordsPerSecond());
    }

    /**
     * A ratio of two figures.
     *
     * @param ratio null if not measured; omitted also if the laps were too short for the second
     *     figure
     */
    public static void ratio(String name, Double ratio, JsonOut out) throws IOException {
        out.number(name, ratio == null || !Double.isFinite(ratio) ? null : ratio);
    }

    public static void delays(Delays delays, JsonOut out) throws IOException {
        out.number("count", delays.count());
        out.number("missing", delays.missing());
        out.number("p50", delays.p50());
        out.number("p99", delays.p99());
        out.number("p999", delays.p999());
        out.number("max", delays.max());
    }

    public static void holding(Holding holding, JsonOut out) throws IOException {
        out.number("heapBytes", holding.heapBytes());
        out.number("savepointBytes", holding.savepointBytes());
        out.number("checkpointBytes", holding.checkpointBytes());
    }

    public static void checkpoints(Checkpoints checkpoints, JsonOut out) throws IOException {
        out.object("millis", checkpoints.millis(), FiguresJson::spread);
        out.object("writtenBytes", checkpoints.written(), FiguresJson::spread);
        out.object("fullBytes", checkpoints.full(), FiguresJson::spread);
        out.objects("steps", checkpoints.steps(), FiguresJson::step);
    }

    private static void step(CheckpointStep step, JsonOut out) throws IOException {
        out.string("name", step.name());
        out.object("begunMillis", step.begun(), FiguresJson::spread);
        out.object("alignedMillis", step.aligned(), FiguresJson::spread);
        out.object("syncMillis", step.sync(), FiguresJson::spread);
        out.object("asyncMillis", step.async(), FiguresJson::spread);
        out.object("writtenBytes", step.written(), FiguresJson::spread);
    }

    private static void spread(Spread spread, JsonOut out) throws IOException {
        out.number("count", spread.count());
        out.number("median", spread.median());
        out.number("min", spread.min());
        out.number("max", spread.max());
    }
}
