package io.atalaya.bench.inference;

import io.atalaya.bench.measure.Machine;
import io.atalaya.bench.measure.Spread;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** All measurements of a run. */
record InferenceFigures(
        Machine machine,
        InferencePlan plan,
        List<String> models,
        List<InferenceLap> laps,
        List<BatchDelay> delays,
        List<MemoryFigures> memory) {

    /** Microseconds per record. */
    Spread micros(String model, String serving, int batch) {
        return spread(model, serving, batch, InferenceLap::micros);
    }

    /** CPU microseconds per record. */
    Spread cpu(String model, String serving, int batch) {
        return spread(model, serving, batch, InferenceLap::cpuMicros);
    }

    /** CPU time of DJL over that of the raw runtime; CPU time depends less on other load. */
    double overhead(String model, int batch) {
        return cpu(model, MicroBatches.NAME, batch).median()
                / cpu(model, RawRuntime.NAME, batch).median();
    }

    /** CPU time record by record over that in batches. */
    double gain(String model, int batch) {
        return cpu(model, RecordByRecord.NAME, 1).median()
                / cpu(model, MicroBatches.NAME, batch).median();
    }

    private Spread spread(
            String model, String serving, int batch, ToDoubleFunction<InferenceLap> figure) {
        return Spread.of(
                laps.stream()
                        .filter(lap -> lap.model().equals(model))
                        .filter(lap -> lap.serving().equals(serving) && lap.batch() == batch)
                        .map(figure::applyAsDouble)
                        .toList());
    }
}
