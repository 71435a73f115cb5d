package io.atalaya.simulator.scores;

import io.atalaya.simulator.random.SeededRandom;

/**
 * One camera's scores in sequence: a Poisson stream that is nine times as dense by day as by night.
 * Not thread-safe.
 */
public final class ScoredCamera {
    private static final double DAY = 86_400_000.0;

    private final ScoreKind kind;
    private final double perDay;
    private final SeededRandom random;
    private double day;

    /**
     * @param perDay mean scores per day
     */
    public ScoredCamera(ScoreKind kind, double perDay, SeededRandom random) {
        this.kind = kind;
        this.perDay = perDay;
        this.random = random;
    }

    /** Advances to the next score; returns its time in ms since the start. */
    public long next() {
        // Thinning: candidates at the highest rate, accepted in proportion to the current rate.
        double most = 1.8 * perDay;
        do {
            day += random.exponential(1 / most);
        } while (!random.happens((1 + 0.8 * StrictMath.sin(2 * Math.PI * day)) / 1.8));
        return (long) (day * DAY);
    }

    /** The current score. */
    public double score() {
        return kind.draw(day, random);
    }
}
