package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Typical value at an hour of the week. Four views compete in each half hour: only a slow level;
 * all days alike; working days and rest days; each weekday. The expected value is their mean,
 * weighted by the fourth power of each view's precision in this series. A view weighs less if it
 * has seen the half hour on few days. So a season is used only as far as the series has one.
 */
final class SeasonalProfile {
    private static final int VIEWS = 4;
    private static final int LEVEL = 0;
    private static final int PROFILES = 1 + 2 + SampleContext.WEEKDAYS;
    static final int BYTES =
            (2 * VIEWS + 1) * Double.BYTES + 2 * PROFILES * SampleContext.SLOTS * Float.BYTES;

    private static final double LEVEL_HOURS = 72;
    private static final double ERROR_DAYS = 10;
    private static final double POWER = 4;

    /** Days that a view remembers: all days alike, working or rest days, each weekday. */
    private static final double[] MEMORY_DAYS = {0, 20, 12, 8};

    /** Variance of a half hour's mean after one day, relative to the variance of a single value. */
    private static final double UNCERTAINTY = 1.5;

    /** Minimum days of a half hour from which its values count for the error of a view. */
    private static final double MIN_EVIDENCE = 0.5;

    private static final int FEW = 5;
    private static final double PENALTY_WHILE_FEW = 3;

    private final float[][] mean = new float[PROFILES][SampleContext.SLOTS];
    private final float[][] evidence = new float[PROFILES][SampleContext.SLOTS];
    private final double[] squaredError = new double[VIEWS];
    private final double[] evaluated = new double[VIEWS];
    private double level;

    /**
     * The expected value.
     *
     * @param value of all views together
     * @param views of each view; NaN if it has not seen the half hour
     */
    record Expected(double value, double[] views) {}

    double level() {
        return level;
    }

    /** Days of this half hour that a view (1..3) has seen, up to its memory. */
    double evidence(int view, SampleContext moment) {
        return evidence[profile(view, moment)][moment.slot()];
    }

    /**
     * The expected value before the actual one is learned; for the first value it is that value.
     */
    Expected expected(SampleContext moment, double value) {
        double[] views = new double[VIEWS];
        Arrays.fill(views, Double.NaN);
        if (moment.count() == 1) {
            return new Expected(value, views);
        }
        double sum = 0;
        double weights = 0;
        for (int view = 0; view < VIEWS; view++) {
            double seen = view == LEVEL ? 1 : evidence(view, moment);
            if (seen <= 0) {
                continue;
            }
            views[view] = view == LEVEL ? level : mean[profile(view, moment)][moment.slot()];
            double variance =
                    evaluated[view] < FEW
                            ? (view == LEVEL ? 1 : PENALTY_WHILE_FEW) * squaredError[LEVEL]
                            : squaredError[view];
            double weight =
                    Math.pow(
                            variance * (view == LEVEL ? 1 : 1 + UNCERTAINTY / seen) + 1e-12,
                            -POWER);
            sum += weight * views[view];
            weights += weight;
        }
        return new Expected(sum / weights, views);
    }

    /**
     * Learns a value.
     *
     * @param spread mean distance from the expected value; larger deviations are clipped to a
     *     multiple of it
     */
    void learn(double value, Expected expected, SampleContext moment, double spread) {
        double limit = moment.count() < 50 ? Double.POSITIVE_INFINITY : 5 * spread;
        for (int view = 0; view < VIEWS; view++) {
            boolean isEvaluated =
                    !Double.isNaN(expected.views()[view])
                            && (view == LEVEL || evidence(view, moment) >= MIN_EVIDENCE);
            if (isEvaluated) {
                double off = Math.min(Math.abs(value - expected.views()[view]), limit);
                double gain = Math.max(1 / (evaluated[view] + 1), moment.share(ERROR_DAYS));
                evaluated[view]++;
                squaredError[view] += gain * (off * off - squaredError[view]);
            }
            if (view == LEVEL) {
                double gain =
                        Math.max(
                                1.0 / moment.count(),
                                -Math.expm1(-moment.coveredHours() / LEVEL_HOURS));
                level += gain * (value - level);
            } else {
                learn(value, profile(view, moment), MEMORY_DAYS[view], moment, 3.75 * spread);
            }
        }
    }

    private void learn(
            double value, int profile, double memory, SampleContext moment, double limit) {
        int slot = moment.slot();
        double share = moment.slotShare();
        double seen = Math.min(evidence[profile][slot] + share, memory);
        double off = value - mean[profile][slot];
        if (seen > 2) {
            off = Math.max(-limit, Math.min(limit, off));
        }
        evidence[profile][slot] = (float) seen;
        if (seen > 0) {
            mean[profile][slot] += (float) (Math.min(1, share / seen) * off);
        }
    }

    private static int profile(int view, SampleContext moment) {
        return switch (view) {
            case 1 -> 0;
            case 2 -> moment.isRestDay() ? 2 : 1;
            default -> 3 + moment.weekday();
        };
    }

    void write(ByteBuffer to) {
        to.putDouble(level);
        for (int view = 0; view < VIEWS; view++) {
            to.putDouble(squaredError[view]).putDouble(evaluated[view]);
        }
        for (int profile = 0; profile < PROFILES; profile++) {
            for (int slot = 0; slot < SampleContext.SLOTS; slot++) {
                to.putFloat(mean[profile][slot]).putFloat(evidence[profile][slot]);
            }
        }
    }

    void read(ByteBuffer from) {
        level = from.getDouble();
        for (int view = 0; view < VIEWS; view++) {
            squaredError[view] = from.getDouble();
            evaluated[view] = from.getDouble();
        }
        for (int profile = 0; profile < PROFILES; profile++) {
            for (int slot = 0; slot < SampleContext.SLOTS; slot++) {
                mean[profile][slot] = from.getFloat();
                evidence[profile][slot] = from.getFloat();
            }
        }
    }
}
