package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlarmBudget;
import io.atalaya.anomaly.trajectory.SceneFrame;
import io.atalaya.anomaly.trajectory.SceneModel;
import io.atalaya.anomaly.trajectory.SceneModelBytes;
import io.atalaya.anomaly.trajectory.TrackFeatures;
import io.atalaya.anomaly.trajectory.Weaving;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Queue;

/** {@link SceneModel} under its share of the alarm budget. */
final class TrajectoryAnomalyModel implements CameraAnomalyModel {
    private final SceneModel scene;
    private final AlarmBudget budget;
    private final int dimensions;

    /** How much those weave that the network is being asked about, in their order. */
    private final Queue<Double> asked = new ArrayDeque<>();

    private TrajectoryAnomalyModel(SceneModel scene, AlarmBudget budget, int dimensions) {
        this.scene = scene;
        this.budget = budget;
        this.dimensions = dimensions;
    }

    static TrajectoryAnomalyModel fresh(int dimensions, double perDay) {
        return new TrajectoryAnomalyModel(
                new SceneModel(dimensions), AlarmBudget.fresh(perDay), dimensions);
    }

    static TrajectoryAnomalyModel read(byte[] bytes, int dimensions, double perDay) {
        AlarmBudget budget = AlarmBudget.fromBytes(perDay, Arrays.copyOf(bytes, AlarmBudget.BYTES));
        SceneModel scene = new SceneModel(dimensions);
        scene.restore(
                SceneModelBytes.read(
                        Arrays.copyOfRange(bytes, AlarmBudget.BYTES, bytes.length), dimensions));
        return new TrajectoryAnomalyModel(scene, budget, dimensions);
    }

    @Override
    public float[] features(Observation observation) {
        float[] features =
                TrackFeatures.of(((CompletedTrack) observation).way(), SceneFrame.PICTURE);
        asked.add(Weaving.of(features));
        return features;
    }

    @Override
    public AnomalyScore judge(
            Observation observation, float[] place, boolean mayAlert, double share) {
        OptionalDouble score = scene.observe(place, asked.remove());
        AlarmBudget.Verdict verdict = null;
        if (score.isPresent() && !observation.explained()) {
            long time = ((CompletedTrack) observation).until();
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
        if (!asked.isEmpty()) {
            throw new IllegalStateException(asked.size() + " passages are not judged yet");
        }
        byte[] learned = SceneModelBytes.write(scene.state(), dimensions);
        return ByteBuffer.allocate(AlarmBudget.BYTES + learned.length)
                .put(budget.toBytes())
                .put(learned)
                .array();
    }
}
