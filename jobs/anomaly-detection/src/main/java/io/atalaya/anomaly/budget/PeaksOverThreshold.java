package io.atalaya.anomaly.budget;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/**
 * How often a camera's scores come as high as this: the tail of its recent past, by peaks over a
 * threshold. The threshold follows the scores by stochastic approximation, so that a set number a
 * day lie above it; what they exceed it by is taken as generalised Pareto, fitted by its first two
 * moments (Hosking and Wallis 1987, doi:10.2307/1269343), the past being forgotten exponentially.
 */
final class PeaksOverThreshold {
    static final int BYTES = 9 * Double.BYTES;

    /** Excesses that the fit remembers. */
    private static final double MEMORY = 300;

    /**
     * The threshold forgets faster, or a drift would leave it behind: scores that fall by a tenth
     * of their deviation a day were faster than 0.02.
     */
    private static final double LEAST_GAIN = 0.06;

    /** Rates are known from so many excesses on. */
    private static final double ENOUGH = 20;

    /** But no sooner than so many should have come: while the threshold still climbs, more do. */
    private static final double LEAST_DUE = 5;

    /** Fits outside say more of the sample than of the tail. */
    private static final double THINNEST = -1;

    private static final double HEAVIEST = 0.45;
    private static final double NEAR_END = 0.001;

    /** Share of the scores that is still a tail. */
    private static final double TAIL = 0.1;

    private static final double MOST = 0.8;

    /** A mean excess below is the last digit of scores that are all the same. */
    private static final double LEAST_MEAN = 1e-100;

    private final double wantedPerDay;
    private final double leastPerDay;
    private double threshold;
    private double excesses;
    private double mean;
    private double meanSquare;
    private double days;
    private double weight;
    private double scores;
    private double spread;

    /** Scores by which {@link #weight} is a share: of the same past, forgotten alike. */
    private double among;

    /**
     * Starts without a past.
     *
     * @param wantedPerDay scores over the threshold, as long as that is no more than a tenth of all
     * @param leastPerDay scores over the threshold, even if that is more than a tenth
     */
    PeaksOverThreshold(double wantedPerDay, double leastPerDay) {
        this.wantedPerDay = wantedPerDay;
        this.leastPerDay = leastPerDay;
    }

    boolean isKnown() {
        return excesses >= ENOUGH && due() >= LEAST_DUE;
    }

    /** Excesses that there should have been, if the threshold had been where it belongs. */
    private double due() {
        return Math.min(
                MOST * among,
                Math.max(Math.min(TAIL * among, wantedPerDay * days), leastPerDay * days));
    }

    /**
     * Scores at least as high that a day would bring; empty where it is below the threshold or not
     * yet known.
     */
    OptionalDouble perDay(double score) {
        return isInTail(score)
                ? OptionalDouble.of(weight / days * exceeded(score))
                : OptionalDouble.empty();
    }

    /** Share of the scores that are at least as high; 1 where it is below the threshold. */
    double pValue(double score) {
        return isInTail(score) ? weight / among * exceeded(score) : 1;
    }

    private boolean isInTail(double score) {
        return isKnown() && score > threshold && mean > LEAST_MEAN;
    }

    /** Share of what is over the threshold that is at least as high. */
    private double exceeded(double score) {
        double variance = Math.max(1e-12 * mean * mean, meanSquare - mean * mean);
        double ratio = mean * mean / variance;
        double shape = Math.max(THINNEST, Math.min(HEAVIEST, 0.5 * (1 - ratio)));
        double scale = mean * (1 - shape);
        double over = (score - threshold) / scale;
        if (Math.abs(shape) < 1e-6) {
            return Math.exp(-over);
        }
        double base = 1 + shape * over;
        // Beyond the end of a thin tail nothing is expected; the order of such scores still counts.
        return base > NEAR_END
                ? Math.pow(base, -1 / shape)
                : Math.pow(NEAR_END, -1 / shape) * Math.exp(-over);
    }

    /** Days from one excess to the next, on average; 0 before there is one. */
    double usualWait() {
        return weight > 0 ? days / weight : 0;
    }

    /**
     * Learns a score.
     *
     * @param since days since the last one
     */
    void add(double score, double since) {
        scores++;
        if (scores == 1) {
            threshold = score;
        }
        spread += Math.max(1 / scores, 0.001) * (Math.abs(score - threshold) - spread);
        double share =
                Math.min(MOST, Math.max(Math.min(TAIL, wantedPerDay * since), leastPerDay * since));
        boolean above = score > threshold;
        double step =
                Math.max(LEAST_GAIN, 1 / (excesses + 4)) * (excesses < ENOUGH ? spread : mean);
        double keep = Math.pow(1 - 1 / MEMORY, share);
        days = days * keep + since;
        weight = weight * keep + (above ? 1 : 0);
        among = among * keep + 1;
        if (above) {
            excesses++;
            double excess = score - threshold;
            double gain = Math.max(1 / MEMORY, 1 / excesses);
            mean += gain * (excess - mean);
            meanSquare += gain * (excess * excess - meanSquare);
        }
        threshold += step * ((above ? 1 : 0) - share);
    }

    void write(ByteBuffer to) {
        to.putDouble(threshold)
                .putDouble(excesses)
                .putDouble(mean)
                .putDouble(meanSquare)
                .putDouble(days)
                .putDouble(weight)
                .putDouble(scores)
                .putDouble(spread)
                .putDouble(among);
    }

    void read(ByteBuffer from) {
        threshold = from.getDouble();
        excesses = from.getDouble();
        mean = from.getDouble();
        meanSquare = from.getDouble();
        days = from.getDouble();
        weight = from.getDouble();
        scores = from.getDouble();
        spread = from.getDouble();
        among = from.getDouble();
    }
}
