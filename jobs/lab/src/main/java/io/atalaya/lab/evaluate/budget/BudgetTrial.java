package io.atalaya.lab.evaluate.budget;

import io.atalaya.anomaly.budget.AlertBudget;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.scores.ScoreKind;
import io.atalaya.simulator.scores.ScoredCamera;

/**
 * A budget on some cameras, from when each is known well enough to alert.
 *
 * @param scoresADay of each camera
 * @param perDay alerts that each may raise a day
 * @param cameraDays in which they could
 * @param alerts that they raised
 */
record BudgetTrial(ScoreKind kind, int scoresADay, double perDay, double cameraDays, int alerts) {
    private static final int CAMERAS = 10;

    /** Budgets are judged over so many expected alerts. */
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
            // By the calendar, and not by the budget's own clock: that is what people count by.
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
