package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlertBudget;
import io.atalaya.anomaly.trajectory.SceneFrame;
import io.atalaya.anomaly.trajectory.TrackFeatures;
import io.atalaya.anomaly.trajectory.TrajectoryModel;
import io.atalaya.anomaly.trajectory.TrajectoryModelBytes;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Queue;

/** A {@link TrajectoryModel} under its share of the alert budget. */
final class TrajectoryAnomalyModel implements CameraAnomalyModel {
    private final TrajectoryModel scene;
    private final AlertBudget budget;
    private final int dimensions;

    /** Features of the tracks that wait for their model output, in order. */
    private final Queue<float[]> pending = new ArrayDeque<>();

    private TrajectoryAnomalyModel(TrajectoryModel scene, AlertBudget budget, int dimensions) {
        this.scene = scene;
        this.budget = budget;
        this.dimensions = dimensions;
    }

    static TrajectoryAnomalyModel fresh(int dimensions, double perDay) {
        return new TrajectoryAnomalyModel(
                new TrajectoryModel(dimensions), AlertBudget.fresh(perDay), dimensions);
    }

    static TrajectoryAnomalyModel read(byte[] bytes, int dimensions, double perDay) {
        AlertBudget budget = AlertBudget.fromBytes(perDay, Arrays.copyOf(bytes, AlertBudget.BYTES));
        TrajectoryModel scene = new TrajectoryModel(dimensions);
        scene.restore(
                TrajectoryModelBytes.read(
                        Arrays.copyOfRange(bytes, AlertBudget.BYTES, bytes.length), dimensions));
        return new TrajectoryAnomalyModel(scene, budget, dimensions);
    }

    @Override
    public float[] features(Observation observation) {
        float[] features =
                TrackFeatures.of(
                        ((CompletedTrack) observation).trajectory(), SceneFrame.WHOLE_FRAME);
        pending.add(features);
        return features;
    }

    @Override
    public AnomalyScore evaluate(
            Observation observation, float[] place, boolean mayAlert, double share) {
        OptionalDouble score = scene.observe(pending.remove(), place);
        AlertBudget.Verdict verdict = null;
        if (score.isPresent() && !observation.isSuppressed()) {
            long time = ((CompletedTrack) observation).endsAt();
            verdict =
                    mayAlert
                            ? budget.offer(time, score.getAsDouble(), share)
                            : budget.learn(time, score.getAsDouble(), share);
        }
        return new AnomalyScore(
                score, OptionalDouble.empty(), verdict, budget.realisedPerDay(), budget.days());
    }

    @Override
    public boolean isKnown() {
        return budget.isKnown();
    }

    @Override
    public byte[] toBytes() {
        if (!pending.isEmpty()) {
            throw new IllegalStateException(pending.size() + " passages are not scored yet");
        }
        byte[] learned = TrajectoryModelBytes.write(scene.state(), dimensions);
        return ByteBuffer.allocate(AlertBudget.BYTES + learned.length)
                .put(budget.toBytes())
                .put(learned)
                .array();
    }
}
