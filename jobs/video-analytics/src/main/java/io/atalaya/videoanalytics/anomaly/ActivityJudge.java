package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlarmBudget;
import io.atalaya.anomaly.series.Evidence;
import io.atalaya.anomaly.series.SeriesModel;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** {@link SeriesModel} under its share of the alarm budget. */
final class ActivityJudge implements Judge {
    private final SeriesModel series;
    private final AlarmBudget budget;

    /** Of activities that the network is being asked about, in their order. */
    private final Queue<Evidence> asked = new ArrayDeque<>(2);

    private ActivityJudge(SeriesModel series, AlarmBudget budget) {
        this.series = series;
        this.budget = budget;
    }

    static ActivityJudge fresh(double perDay) {
        return new ActivityJudge(SeriesModel.fresh(), AlarmBudget.fresh(perDay));
    }

    static ActivityJudge read(byte[] bytes, double perDay) {
        return new ActivityJudge(
                SeriesModel.fromBytes(Arrays.copyOfRange(bytes, AlarmBudget.BYTES, bytes.length)),
                AlarmBudget.fromBytes(perDay, Arrays.copyOf(bytes, AlarmBudget.BYTES)));
    }

    @Override
    public float[] features(Observation observation) {
        Activity activity = (Activity) observation;
        Evidence evidence = series.update(activity.time(), activity.inView());
        asked.add(evidence);
        return evidence.features();
    }

    @Override
    public Judgement judge(Observation observation, float[] output, boolean mayAlert) {
        Evidence evidence = asked.remove();
        double score = series.score(evidence, output[0]);
        AlarmBudget.Verdict verdict = null;
        if (evidence.isKnown() && !observation.explained()) {
            long time = ((Activity) observation).time();
            verdict = mayAlert ? budget.offer(time, score) : budget.learn(time, score);
        }
        return new Judgement(
                score, evidence.season(), verdict, budget.realisedPerDay(), budget.days());
    }

    @Override
    public boolean isKnown() {
        return budget.isKnown();
    }

    @Override
    public byte[] toBytes() {
        if (!asked.isEmpty()) {
            throw new IllegalStateException(asked.size() + " activities are not judged yet");
        }
        return ByteBuffer.allocate(AlarmBudget.BYTES + SeriesModel.BYTES)
                .put(budget.toBytes())
                .put(series.toBytes())
                .array();
    }
}
