package io.atalaya.lab.evaluate.budget;

import io.atalaya.anomaly.budget.AlertBudget;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.scores.ScoreKind;
import io.atalaya.simulator.scores.ScoredCamera;

/**
 * Result of an alert budget on ten simulated cameras, counted from each camera's first alert
 * verdict on.
 *
 * @param scoresADay scores per camera and day
 * @param perDay the budget: alerts per camera and day
 * @param cameraDays camera-days in which alerts were possible
 * @param alerts alerts raised
 */
record BudgetTrial(ScoreKind kind, int scoresADay, double perDay, double cameraDays, int alerts) {
    private static final int CAMERAS = 10;

    /** A trial lasts until this many alerts are expected. */
    private static final int EXPECTED = 120;

    private static final int LEAST_DAYS = 28;
    private static final double DAY = 86_400_000.0;

    static BudgetTrial run(ScoreKind kind, int scoresADay, double perDay, long seed) {
        int days = (int) Math.max(LEAST_DAYS, Math.ceil(EXPECTED / perDay / CAMERAS));
        SeededRandom chance = new SeededRandom(seed);
        double cameraDays = 0;
        int alerts = 0;
        for (int i = 0; i < CAMERAS; i++) {
            ScoredCamera camera = new ScoredCamera(kind, scoresADay, chance.split());
            AlertBudget budget = AlertBudget.fresh(perDay);
            double knownFrom = days;
            for (long time = camera.next(); time < days * DAY; time = camera.next()) {
                AlertBudget.Verdict verdict = budget.offer(time, camera.score());
                if (verdict.days() > 0) {
                    knownFrom = Math.min(knownFrom, time / DAY);
                }
                alerts += verdict.alert() ? 1 : 0;
            }
            // Calendar days instead of the budget's own days, because people count calendar days.
            cameraDays += days - knownFrom;
        }
        return new BudgetTrial(kind, scoresADay, perDay, cameraDays, alerts);
    }

    double expected() {
        return perDay * cameraDays;
    }

    double ratio() {
        return alerts / expected();
    }
}
