package io.atalaya.bench.inference;

import io.atalaya.anomaly.series.SceneActivityNetwork;
import io.atalaya.anomaly.trajectory.TrackEmbedding;
import io.atalaya.bench.measure.Machine;
import io.atalaya.inference.StoredModel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The whole run, one model after the other. */
final class InferenceBench {
    private static final List<StoredModel> MODELS =
            List.of(
                    StoredModel.onClassPath(TrackEmbedding.NAME, TrackEmbedding.VERSION),
                    StoredModel.onClassPath(
                            SceneActivityNetwork.MODEL, SceneActivityNetwork.VERSION));

    private final InferencePlan plan;
    private final Consumer<String> log;
    private final List<InferenceLap> laps = new ArrayList<>();
    private final List<BatchDelay> delays = new ArrayList<>();
    private final List<MemoryFigures> memory = new ArrayList<>();

    /**
     * @param log receives progress, one line per step
     */
    InferenceBench(InferencePlan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    InferenceFigures run() {
        for (StoredModel model : MODELS) {
            Features features =
                    new Features(model.manifest().inputs().get(0).shape().get(1), plan.seed());
            laps.addAll(new SpeedRace(plan, log).run(model, features));
            watch(model, features);
        }
        return new InferenceFigures(
                Machine.here(),
                plan,
                MODELS.stream().map(model -> model.manifest().name()).toList(),
                List.copyOf(laps),
                List.copyOf(delays),
                List.copyOf(memory));
    }

    private void watch(StoredModel model, Features features) {
        String name = model.manifest().name();
        double each = (double) plan.seconds() / MODELS.size() / plan.batches().size();
        DelayRun run = new DelayRun(plan.recordsPerSecond(), plan.lingerMillis(), each);
        try (Serving serving = new MicroBatches(model)) {
            log.accept(name + ": delays");
            for (int batch : plan.batches()) {
                delays.add(run.run(name, serving, features, batch));
            }
            log.accept(
                    String.format(
                            Locale.ROOT, "%s: memory, %,d inferences", name, plan.inferences()));
            memory.add(new MemoryWatch(plan).run(name, serving, features));
        }
    }
}
