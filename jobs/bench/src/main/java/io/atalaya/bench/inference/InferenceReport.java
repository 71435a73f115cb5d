package io.atalaya.bench.inference;

import io.atalaya.bench.comparison.Delays;
import io.atalaya.bench.comparison.Machine;
import io.atalaya.bench.comparison.Report;
import io.atalaya.bench.comparison.Spread;
import io.atalaya.bench.comparison.Table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** All measurements of a run. */
record InferenceReport(
        Machine machine,
        InferenceBench.Plan plan,
        @JsonIgnore List<String> modelNames,
        List<Lap> laps,
        List<BatchDelay> delays,
        List<MemoryGrowth> memory)
        implements Report {
    private static final double MIB = 1 << 20;
    private static final double MILLION = 1e6;

    /**
     * One lap of one way of serving a model.
     *
     * @param batch records per run
     * @param cpuSeconds CPU time of the serving thread, the only one that the sessions use
     */
    record Lap(
            String model,
            String serving,
            int batch,
            int round,
            long records,
            double seconds,
            double cpuSeconds) {
        private static final double MICROS = 1e6;

        double micros() {
            return MICROS * seconds / records;
        }

        double cpuMicros() {
            return MICROS * cpuSeconds / records;
        }
    }

    /** The ratios of one model by batch size. */
    record Model(String model, List<Ratios> batches) {}

    /**
     * @param djlToRawByCpu CPU time of DJL over that of the raw runtime; CPU time depends less on
     *     other load
     * @param recordByRecordToDjlByCpu CPU time record by record over that in batches
     */
    record Ratios(int batch, double djlToRawByCpu, double recordByRecordToDjlByCpu) {}

    @JsonProperty
    List<Model> models() {
        return modelNames.stream()
                .map(
                        model ->
                                new Model(
                                        model,
                                        plan.batches().stream()
                                                .map(batch -> ratios(model, batch))
                                                .toList()))
                .toList();
    }

    private Ratios ratios(String model, int batch) {
        double djl = cpu(model, Serving.DjlBatches.NAME, batch).median();
        return new Ratios(
                batch,
                djl / cpu(model, Serving.RawRuntime.NAME, batch).median(),
                cpu(model, Serving.DjlRecords.NAME, 1).median() / djl);
    }

    /** CPU microseconds per record. */
    private Spread cpu(String model, String serving, int batch) {
        return spread(model, serving, batch, Lap::cpuMicros);
    }

    private Spread spread(String model, String serving, int batch, ToDoubleFunction<Lap> figure) {
        return Spread.of(
                laps.stream()
                        .filter(lap -> lap.model().equals(model))
                        .filter(lap -> lap.serving().equals(serving) && lap.batch() == batch)
                        .map(figure::applyAsDouble)
                        .toList());
    }

    @Override
    public void print(Table table) {
        table.line("%s", machine.inWords());
        table.line(
                "one thread, %d laps of %d ms, seed %d",
                plan.runs(), plan.lapMillis(), plan.seed());
        models().forEach(model -> printSpeed(model, table));
        printDelays(table);
        printMemory(table);
    }

    private void printSpeed(Model model, Table table) {
        table.line("");
        table.line(
                "SPEED of %s, µs a record: median (least … most) of the laps; CPU: of its thread",
                model.model);
        printRow(model.model, Serving.DjlRecords.NAME, 1, table);
        for (Ratios ratios : model.batches) {
            printRow(model.model, Serving.RawRuntime.NAME, ratios.batch, table);
            printRow(model.model, Serving.DjlBatches.NAME, ratios.batch, table);
            table.line(
                    "      by CPU: %.2f times raw ONNX Runtime; record by record takes %.1f times as long",
                    ratios.djlToRawByCpu, ratios.recordByRecordToDjlByCpu);
        }
    }

    private void printRow(String model, String serving, int batch, Table table) {
        Spread micros = spread(model, serving, batch, Lap::micros);
        table.line(
                "  %4d %-21s %7.2f (%.2f … %.2f)   CPU %6.2f",
                batch,
                serving,
                micros.median(),
                micros.min(),
                micros.max(),
                cpu(model, serving, batch).median());
    }

    private void printDelays(Table table) {
        table.line("");
        table.line(
                "DELAY from when a record is due until it is served, %,.0f records/s, waits at most %d ms, ms",
                plan.recordsPerSecond(), plan.lingerMillis());
        for (BatchDelay each : delays) {
            Delays millis = each.delays();
            table.line(
                    "  %-15s batch at most %4d, in the mean %6.1f: p50 %6.2f, p99 %6.2f, max %6.2f (%,d records)",
                    each.model(),
                    each.batch(),
                    each.meanBatch(),
                    millis.p50(),
                    millis.p99(),
                    millis.max(),
                    millis.count());
        }
    }

    private void printMemory(Table table) {
        table.line("");
        table.line(
                "MEMORY, after a collection: of the whole process (heap and native), and the heap's");
        for (MemoryGrowth each : memory) {
            List<MemoryGrowth.Sample> samples = each.samples();
            MemoryGrowth.Sample first = samples.get(0);
            MemoryGrowth.Sample middle = samples.get(samples.size() / 2);
            MemoryGrowth.Sample last = samples.get(samples.size() - 1);
            table.line(
                    "  %-15s process %,.0f MiB, after %,d runs %,.0f, after %,d %,.0f; heap %.1f, %.1f, %.1f",
                    each.model(),
                    first.residentBytes() / MIB,
                    middle.inferences(),
                    middle.residentBytes() / MIB,
                    last.inferences(),
                    last.residentBytes() / MIB,
                    first.heapBytes() / MIB,
                    middle.heapBytes() / MIB,
                    last.heapBytes() / MIB);
            table.line(
                    "                  growth in the second half: process %+.1f, heap %+.1f MiB in a million runs: %s",
                    each.residentGrowth() * MILLION / MIB,
                    each.heapGrowth() * MILLION / MIB,
                    verdict(each));
        }
    }

    private static String verdict(MemoryGrowth memory) {
        if (!memory.isConclusive()) {
            return "too few runs to say";
        }
        return memory.isFlat() ? "flat" : "IT GROWS";
    }
}
