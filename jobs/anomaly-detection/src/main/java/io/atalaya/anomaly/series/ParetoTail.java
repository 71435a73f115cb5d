package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/**
 * Rarity of a statistic against its own past. A histogram with bins of equal ratio decays
 * exponentially, and its upper end is taken as a Pareto tail: 10 % while values are few, later
 * less, because rush hours of a road or storms of a city bend the top 10 % but not the end. The
 * tail index is the mean logarithmic excess (Hill 1975), combined with a prior while excesses are
 * few. The p-value is the predictive one for the number of excesses, so that a short past cannot
 * give a very small one.
 */
final class ParetoTail {
    private static final int BINS = 48;
    static final int BYTES =
            2 * Double.BYTES + BINS * Float.BYTES + 3 * Float.BYTES + 2 * Integer.BYTES;

    private static final double LOWEST = 0.01;
    private static final double LOG_RATIO = Math.log(1.2);
    private static final double MEMORY_DAYS = 60;
    static final double SLOWEST = 1e-5;

    /** Upper limit of the decay by one value, because a complete decay would divide by zero. */
    private static final double FASTEST = 0.5;

    private static final double SHARE = 0.1;
    private static final double MIN_SHARE = 0.03;

    /** Number of excesses from which a smaller tail share is used. */
    private static final double ENOUGH = 40;

    private static final double PRIOR_EXCESSES = 25;
    private static final double PRIOR_INDEX = 0.25;
    private static final double MIN_INDEX = 0.03;
    private static final int FEW = 200;

    /** Number of values between fits. */
    private static final int REFIT = 32;

    private static final int REFIT_WHILE_FEW = 4;

    /** New weights grow instead of old ones shrinking, until this limit. */
    private static final double MAX_WEIGHT = 1e6;

    private static final double[] EDGE = new double[BINS];
    private static final double[] LOG_MIDDLE = new double[BINS];

    static {
        LOG_MIDDLE[0] = Math.log(LOWEST);
        for (int bin = 1; bin < BINS; bin++) {
            EDGE[bin] = LOWEST * Math.exp((bin - 1) * LOG_RATIO);
            LOG_MIDDLE[bin] = Math.log(EDGE[bin]) + LOG_RATIO / 2;
        }
    }

    private final float[] histogram = new float[BINS];
    private double weight = 1;
    private double remembered;
    private int count;
    private float threshold;
    private float excesses;
    private float logExcess;
    private int sinceFit;

    /**
     * −log10 of the probability of a value at least as high; 0 below the tail.
     *
     * @param independent share of the values that are independent, if they overlap
     */
    double rarity(double value, double independent) {
        if (count < REFIT_WHILE_FEW || value < threshold) {
            return 0;
        }
        double effective = excesses * independent;
        double index =
                (logExcess * independent + PRIOR_EXCESSES * PRIOR_INDEX)
                        / (effective + PRIOR_EXCESSES);
        index = Math.max(MIN_INDEX, Math.min(1, index));
        double beyond = Math.log(Math.max(1, value / threshold)) / index;
        double shape = effective + 2;
        return -Math.log10((excesses + 1) / (remembered + 1))
                + shape * Math.log1p(beyond / shape) / Math.log(10);
    }

    /** Learns a value; a negative one only counts as not high. */
    void add(double value, SampleContext moment) {
        add(value, Math.max(Math.min(moment.share(MEMORY_DAYS), FASTEST), SLOWEST));
    }

    /**
     * Learns a value with a given decay.
     *
     * @param forget share of the past that it replaces
     */
    void add(double value, double forget) {
        weight /= 1 - forget;
        histogram[bin(value)] += (float) weight;
        remembered = remembered * (1 - forget) + 1;
        count++;
        if (weight > MAX_WEIGHT) {
            for (int bin = 0; bin < BINS; bin++) {
                histogram[bin] /= (float) weight;
            }
            weight = 1;
        }
        if (++sinceFit >= (count < FEW ? REFIT_WHILE_FEW : REFIT)) {
            fit();
        }
    }

    private void fit() {
        sinceFit = 0;
        double share = Math.min(SHARE * remembered, Math.max(MIN_SHARE * remembered, ENOUGH));
        double wanted = Math.max(share, 1) * weight;
        int bin = BINS - 1;
        double above = histogram[bin];
        while (bin > 0 && above < wanted) {
            bin--;
            above += histogram[bin];
        }
        double least = Math.max(EDGE[bin], 1e-9);
        double sum = 0;
        for (int i = bin; i < BINS; i++) {
            sum += histogram[i] * Math.max(0, LOG_MIDDLE[i] - Math.log(least));
        }
        threshold = (float) least;
        excesses = (float) (above / weight);
        logExcess = (float) (sum / weight);
    }

    private static int bin(double value) {
        return value <= LOWEST
                ? 0
                : Math.min(BINS - 1, 1 + (int) (Math.log(value / LOWEST) / LOG_RATIO));
    }

    void write(ByteBuffer to) {
        to.putDouble(weight).putDouble(remembered).putInt(count);
        to.putFloat(threshold).putFloat(excesses).putFloat(logExcess).putInt(sinceFit);
        for (float each : histogram) {
            to.putFloat(each);
        }
    }

    void read(ByteBuffer from) {
        weight = from.getDouble();
        remembered = from.getDouble();
        count = from.getInt();
        threshold = from.getFloat();
        excesses = from.getFloat();
        logExcess = from.getFloat();
        sinceFit = from.getInt();
        for (int bin = 0; bin < BINS; bin++) {
            histogram[bin] = from.getFloat();
        }
    }
}
