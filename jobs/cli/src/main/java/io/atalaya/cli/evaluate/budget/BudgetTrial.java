package io.atalaya.cli.evaluate.budget;

import io.atalaya.anomaly.budget.AlarmBudget;
import io.atalaya.loadgenerator.Chance;
import io.atalaya.loadgenerator.scores.ScoreKind;
import io.atalaya.loadgenerator.scores.ScoredCamera;

/**
 * A budget on some cameras for some days, from their first scores on.
 *
 * @param scoresADay of each camera
 * @param perDay alerts that each may raise a day
 * @param alerts that they raised
 */
record BudgetTrial(
        ScoreKind kind, int scoresADay, double perDay, int cameras, int days, int alerts) {
    private static final int CAMERAS = 10;

    /** Budgets are judged over so many expected alerts. */
    private static final int EXPECTED = 120;

    private static final int LEAST_DAYS = 14;
    private static final double DAY = 86_400_000.0;

    static BudgetTrial run(ScoreKind kind, int scoresADay, double perDay, long seed) {
        int days = (int) Math.max(LEAST_DAYS, Math.ceil(EXPECTED / perDay / CAMERAS));
        Chance chance = new Chance(seed);
        int alerts = 0;
        for (int i = 0; i < CAMERAS; i++) {
            alerts += alerts(new ScoredCamera(kind, scoresADay, chance.split()), perDay, days);
        }
        return new BudgetTrial(kind, scoresADay, perDay, CAMERAS, days, alerts);
    }

    private static int alerts(ScoredCamera camera, double perDay, int days) {
        AlarmBudget budget = AlarmBudget.fresh(perDay);
        int alerts = 0;
        for (long time = camera.next(); time < days * DAY; time = camera.next()) {
            alerts += budget.offer(time, camera.score()).alert() ? 1 : 0;
        }
        return alerts;
    }

    double expected() {
        return perDay * cameras * days;
    }

    double ratio() {
        return alerts / expected();
    }
}
