package io.atalaya.bench.inference;

import io.atalaya.bench.report.FiguresJson;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;

/** Writes the figures with every lap and sample, for scripts that compare runs. */
final class InferenceFiguresJson {
    private InferenceFiguresJson() {}

    static byte[] write(InferenceFigures figures) {
        return JsonOut.object(
                out -> {
                    out.object("machine", figures.machine(), FiguresJson::machine);
                    out.object("plan", figures.plan(), InferenceFiguresJson::plan);
                    out.objects(
                            "models",
                            figures.models(),
                            (model, each) -> model(figures, model, each));
                    out.objects("laps", figures.laps(), InferenceFiguresJson::lap);
                    out.objects("delays", figures.delays(), InferenceFiguresJson::delay);
                    out.objects("memory", figures.memory(), InferenceFiguresJson::memory);
                });
    }

    private static void plan(InferencePlan plan, JsonOut out) throws IOException {
        out.numbers("batches", plan.batches().stream().mapToDouble(Integer::intValue).toArray());
        out.number("runs", plan.runs());
        out.number("warmups", plan.warmups());
        out.number("lapMillis", plan.lapMillis());
        out.number("recordsPerSecond", plan.recordsPerSecond());
        out.number("seconds", plan.seconds());
        out.number("lingerMillis", plan.lingerMillis());
        out.number("inferences", plan.inferences());
        out.number("seed", plan.seed());
    }

    private static void model(InferenceFigures figures, String model, JsonOut out)
            throws IOException {
        out.string("model", model);
        out.objects(
                "batches",
                figures.plan().batches(),
                (batch, each) -> {
                    each.number("batch", batch);
                    each.number("djlToRawByCpu", figures.overhead(model, batch));
                    each.number("recordByRecordToDjlByCpu", figures.gain(model, batch));
                });
    }

    private static void lap(InferenceLap lap, JsonOut out) throws IOException {
        out.string("model", lap.model());
        out.string("serving", lap.serving());
        out.number("batch", lap.batch());
        out.number("round", lap.round());
        out.number("records", lap.records());
        out.number("seconds", lap.seconds());
        out.number("cpuSeconds", lap.cpuSeconds());
    }

    private static void delay(BatchDelay delay, JsonOut out) throws IOException {
        out.string("model", delay.model());
        out.number("batch", delay.batch());
        out.number("meanBatch", delay.meanBatch());
        out.object("millis", delay.delays(), FiguresJson::delays);
    }

    private static void memory(MemoryFigures memory, JsonOut out) throws IOException {
        out.string("model", memory.model());
        out.number("residentBytesARun", memory.residentGrowth());
        out.number("heapBytesARun", memory.heapGrowth());
        out.bool("flat", memory.isFlat());
        out.objects(
                "samples",
                memory.samples(),
                (sample, each) -> {
                    each.number("inferences", sample.inferences());
                    each.number("residentBytes", sample.residentBytes());
                    each.number("heapBytes", sample.heapBytes());
                });
    }
}
