package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlertBudget;
import io.atalaya.anomaly.series.SeriesModel;
import io.atalaya.anomaly.series.SeriesScore;
import io.atalaya.videoanalytics.track.ObjectClass;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.OptionalDouble;
import java.util.Queue;

/**
 * One {@link SeriesModel} for vehicles and one for people, under one share of the alert budget.
 * Their sum would hide a street that loses its vehicles while people walk there.
 *
 * <p>The inputs are square roots of counts. The random deviation of a count grows with the count,
 * while that of its square root is the same at night and by day (Bartlett 1936,
 * doi:10.2307/2983678). So a count of 0 where 2 is typical weighs more than a count of 4.
 */
final class ActivityAnomalyModel implements CameraAnomalyModel {
    private static final int BYTES = AlertBudget.BYTES + 2 * SeriesModel.BYTES;

    /**
     * Where fewer are typical, a lower count is never an anomaly, such as vehicles on a pedestrian
     * square. One that passes there is among the rarest of its series whenever it comes, and would
     * use up the budget of both.
     */
    private static final double HARDLY_ANY = 0.05;

    private final AlertBudget budget;
    private final SeriesModel vehicles;
    private final SeriesModel people;

    /** Scores of samples that wait for their model output, in order. */
    private final Queue<SeriesScore> pendingScores = new ArrayDeque<>(2);

    private ActivityAnomalyModel(AlertBudget budget, SeriesModel vehicles, SeriesModel people) {
        this.budget = budget;
        this.vehicles = vehicles;
        this.people = people;
    }

    static ActivityAnomalyModel fresh(double perDay) {
        return new ActivityAnomalyModel(
                AlertBudget.fresh(perDay), SeriesModel.fresh(), SeriesModel.fresh());
    }

    static ActivityAnomalyModel read(byte[] bytes, double perDay) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "state of an activity model: got %d bytes, expected %d"
                            .formatted(bytes.length, BYTES));
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        return new ActivityAnomalyModel(
                AlertBudget.fromBytes(perDay, next(from, AlertBudget.BYTES)),
                SeriesModel.fromBytes(next(from, SeriesModel.BYTES)),
                SeriesModel.fromBytes(next(from, SeriesModel.BYTES)));
    }

    private static byte[] next(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private SeriesModel series(Observation observation) {
        return ((ActivitySample) observation).objectClass() == ObjectClass.PERSON
                ? people
                : vehicles;
    }

    @Override
    public float[] features(Observation observation) {
        ActivitySample activity = (ActivitySample) observation;
        SeriesScore evidence =
                series(activity).update(activity.startedAt(), Math.sqrt(activity.inView()));
        pendingScores.add(evidence);
        return evidence.features();
    }

    @Override
    public AnomalyScore evaluate(
            Observation observation, float[] output, boolean mayAlert, double share) {
        SeriesScore evidence = pendingScores.remove();
        OptionalDouble score = evidence.score(output[0]);
        ActivitySample activity = (ActivitySample) observation;
        double typical = typical(evidence);
        boolean hardlyAny = activity.inView() < HARDLY_ANY && typical < HARDLY_ANY;
        AlertBudget.Verdict verdict = null;
        if (score.isPresent() && !hardlyAny && !observation.isSuppressed()) {
            long time = activity.startedAt();
            verdict =
                    mayAlert
                            ? budget.offer(time, score.getAsDouble(), share)
                            : budget.learn(time, score.getAsDouble(), share);
        }
        return new AnomalyScore(
                score, OptionalDouble.of(typical), verdict, budget.realisedPerDay(), budget.days());
    }

    /** The typical count, from the predicted square root. */
    private static double typical(SeriesScore evidence) {
        double root = Math.max(0, evidence.season());
        return root * root;
    }

    @Override
    public boolean isKnown() {
        return budget.isKnown();
    }

    @Override
    public byte[] toBytes() {
        if (!pendingScores.isEmpty()) {
            throw new IllegalStateException(
                    pendingScores.size() + " activities are not scored yet");
        }
        return ByteBuffer.allocate(BYTES)
                .put(budget.toBytes())
                .put(vehicles.toBytes())
                .put(people.toBytes())
                .array();
    }
}
