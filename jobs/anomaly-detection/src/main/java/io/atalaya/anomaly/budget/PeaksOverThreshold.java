package io.atalaya.anomaly.budget;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/**
 * Rate of a camera's scores above a value, from the tail of its recent past by peaks over a
 * threshold. The threshold follows the scores by stochastic approximation, so that a set number per
 * day lies above it. The excesses are taken as generalised Pareto, fitted by their first two
 * moments (Hosking and Wallis 1987, doi:10.2307/1269343). The past decays exponentially.
 */
final class PeaksOverThreshold {
    static final int BYTES = 9 * Double.BYTES;

    /** Number of excesses over which the fit averages. */
    private static final double MEMORY = 300;

    /**
     * Minimum gain of the threshold. It is larger than that of the fit, because a drift would leave
     * the threshold behind: scores that fall by 0.1 of their deviation per day outran a gain of
     * 0.02.
     */
    private static final double MIN_GAIN = 0.06;

    /** Minimum number of excesses for a known rate. */
    private static final double ENOUGH = 20;

    /**
     * Minimum number of expected excesses, because more than expected occur while the threshold
     * still rises.
     */
    private static final double MIN_DUE = 5;

    /** Shapes outside these bounds describe the sample more than the tail. */
    private static final double THINNEST = -1;

    private static final double HEAVIEST = 0.45;
    private static final double NEAR_END = 0.001;

    /** Largest share of the scores that still is a tail. */
    private static final double TAIL = 0.1;

    private static final double MAX_SHARE = 0.8;

    /** A smaller mean excess is rounding noise of equal scores. */
    private static final double MIN_MEAN = 1e-100;

    private final double wantedPerDay;
    private final double minPerDay;
    private double threshold;
    private double excesses;
    private double mean;
    private double meanSquare;
    private double days;
    private double weight;
    private double scores;
    private double spread;

    /** Decayed number of scores of which {@link #weight} is a share. */
    private double among;

    /**
     * Starts without a past.
     *
     * @param wantedPerDay scores per day over the threshold, up to 10 % of all scores
     * @param minPerDay scores per day over the threshold, even if they are more than 10 % of all
     */
    PeaksOverThreshold(double wantedPerDay, double minPerDay) {
        this.wantedPerDay = wantedPerDay;
        this.minPerDay = minPerDay;
    }

    boolean isKnown() {
        return excesses >= ENOUGH && due() >= MIN_DUE;
    }

    /** Number of excesses to expect if the threshold had always been right. */
    private double due() {
        return Math.min(
                MAX_SHARE * among,
                Math.max(Math.min(TAIL * among, wantedPerDay * days), minPerDay * days));
    }

    /**
     * Rate per day of scores at least as high; empty if the score is below the threshold or the
     * tail is not yet known.
     */
    OptionalDouble perDay(double score) {
        return isInTail(score)
                ? OptionalDouble.of(weight / days * exceeded(score))
                : OptionalDouble.empty();
    }

    /** Share of the scores that are at least as high; 1 below the threshold. */
    double pValue(double score) {
        return isInTail(score) ? weight / among * exceeded(score) : 1;
    }

    private boolean isInTail(double score) {
        return isKnown() && score > threshold && mean > MIN_MEAN;
    }

    /** Share of the excesses that are at least as high. */
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
        // Beyond the end of a thin tail the probability is 0, but such scores must keep their
        // order.
        return base > NEAR_END
                ? Math.pow(base, -1 / shape)
                : Math.pow(NEAR_END, -1 / shape) * Math.exp(-over);
    }

    /** Mean number of days between excesses; 0 before the first. */
    double typicalWait() {
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
                Math.min(
                        MAX_SHARE,
                        Math.max(Math.min(TAIL, wantedPerDay * since), minPerDay * since));
        boolean above = score > threshold;
        double step = Math.max(MIN_GAIN, 1 / (excesses + 4)) * (excesses < ENOUGH ? spread : mean);
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
