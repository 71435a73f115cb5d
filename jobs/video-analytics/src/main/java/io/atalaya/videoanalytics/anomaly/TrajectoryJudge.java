package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlarmBudget;
import io.atalaya.anomaly.track.SceneFrame;
import io.atalaya.anomaly.track.SceneModel;
import io.atalaya.anomaly.track.SceneModelBytes;
import io.atalaya.anomaly.track.TrackFeatures;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** {@link SceneModel} under its share of the alarm budget. */
final class TrajectoryJudge implements Judge {
    private final SceneModel scene;
    private final AlarmBudget budget;
    private final int dimensions;

    private TrajectoryJudge(SceneModel scene, AlarmBudget budget, int dimensions) {
        this.scene = scene;
        this.budget = budget;
        this.dimensions = dimensions;
    }

    static TrajectoryJudge fresh(int dimensions, double perDay) {
        return new TrajectoryJudge(
                new SceneModel(dimensions), AlarmBudget.fresh(perDay), dimensions);
    }

    static TrajectoryJudge read(byte[] bytes, int dimensions, double perDay) {
        AlarmBudget budget = AlarmBudget.fromBytes(perDay, Arrays.copyOf(bytes, AlarmBudget.BYTES));
        SceneModel scene = new SceneModel(dimensions);
        scene.restore(
                SceneModelBytes.read(
                        Arrays.copyOfRange(bytes, AlarmBudget.BYTES, bytes.length), dimensions));
        return new TrajectoryJudge(scene, budget, dimensions);
    }

    @Override
    public float[] features(Observation observation) {
        return TrackFeatures.of(((Passage) observation).way(), SceneFrame.PICTURE);
    }

    @Override
    public Judgement judge(Observation observation, float[] place, boolean mayAlert) {
        double score = scene.observe(place);
        AlarmBudget.Verdict verdict = null;
        if (!Double.isNaN(score) && !observation.explained()) {
            long time = ((Passage) observation).until();
            verdict = mayAlert ? budget.offer(time, score) : budget.learn(time, score);
        }
        return new Judgement(score, Double.NaN, verdict, budget.realisedPerDay(), budget.days());
    }

    @Override
    public boolean isKnown() {
        return budget.isKnown();
    }

    @Override
    public byte[] toBytes() {
        byte[] learned = SceneModelBytes.write(scene.state(), dimensions);
        return ByteBuffer.allocate(AlarmBudget.BYTES + learned.length)
                .put(budget.toBytes())
                .put(learned)
                .array();
    }
}
