package io.atalaya.bench.inference;

import io.atalaya.bench.measure.Delays;
import io.atalaya.bench.measure.Spread;

import java.util.List;
import java.util.Locale;

/** Formats the figures as text. */
final class InferenceTable {
    private static final double MIB = 1 << 20;
    private static final double MILLION = 1e6;

    private final StringBuilder text = new StringBuilder();

    private InferenceTable() {}

    static String of(InferenceFigures figures) {
        InferenceTable table = new InferenceTable();
        table.line("%s", figures.machine().inWords());
        table.line(
                "one thread, %d laps of %d ms, seed %d",
                figures.plan().runs(), figures.plan().lapMillis(), figures.plan().seed());
        for (String model : figures.models()) {
            table.speed(figures, model);
        }
        table.delays(figures);
        table.memory(figures);
        return table.text.toString();
    }

    private void speed(InferenceFigures figures, String model) {
        line("");
        line(
                "SPEED of %s, µs a record: median (least … most) of the laps; CPU: of its thread",
                model);
        row(figures, model, RecordByRecord.NAME, 1);
        for (int batch : figures.plan().batches()) {
            row(figures, model, RawRuntime.NAME, batch);
            row(figures, model, MicroBatches.NAME, batch);
            line(
                    "      by CPU: %.2f times raw ONNX Runtime; record by record takes %.1f times as long",
                    figures.overhead(model, batch), figures.gain(model, batch));
        }
    }

    private void row(InferenceFigures figures, String model, String serving, int batch) {
        Spread micros = figures.micros(model, serving, batch);
        line(
                "  %4d %-21s %7.2f (%.2f … %.2f)   CPU %6.2f",
                batch,
                serving,
                micros.median(),
                micros.min(),
                micros.max(),
                figures.cpu(model, serving, batch).median());
    }

    private void delays(InferenceFigures figures) {
        line("");
        line(
                "DELAY from when a record is due until it is served, %,.0f records/s, waits at most %d ms, ms",
                figures.plan().recordsPerSecond(), figures.plan().lingerMillis());
        for (BatchDelay each : figures.delays()) {
            Delays delays = each.delays();
            line(
                    "  %-15s batch at most %4d, in the mean %6.1f: p50 %6.2f, p99 %6.2f, max %6.2f (%,d records)",
                    each.model(),
                    each.batch(),
                    each.meanBatch(),
                    delays.p50(),
                    delays.p99(),
                    delays.max(),
                    delays.count());
        }
    }

    private void memory(InferenceFigures figures) {
        line("");
        line("MEMORY, after a collection: of the whole process (heap and native), and the heap's");
        for (MemoryFigures each : figures.memory()) {
            List<MemorySample> samples = each.samples();
            MemorySample first = samples.get(0);
            MemorySample middle = samples.get(samples.size() / 2);
            MemorySample last = samples.get(samples.size() - 1);
            line(
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
            line(
                    "                  growth in the second half: process %+.1f, heap %+.1f MiB in a million runs: %s",
                    each.residentGrowth() * MILLION / MIB,
                    each.heapGrowth() * MILLION / MIB,
                    verdict(each));
        }
    }

    private static String verdict(MemoryFigures memory) {
        if (!memory.canTell()) {
            return "too few runs to tell";
        }
        return memory.isFlat() ? "flat" : "IT GROWS";
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
