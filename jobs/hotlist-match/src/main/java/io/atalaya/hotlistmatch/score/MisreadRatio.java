package io.atalaya.hotlistmatch.score;

/**
 * Likelihood ratio of a misread, relative to the average read, by the reader's confidence. If
 * enough of the reader's reads are known, it follows from the rank: of two readers' misreads of
 * real plates 61 % were in the least confident tenth of their reads, 18 % in the next, 13 % in the
 * third, and about half a percent in each of the upper five. Otherwise it follows from the
 * confidence itself.
 */
public final class MisreadRatio {
    /** The density of misreads over the rank is {@code 7 e^(-7 rank)}; its integral is nearly 1. */
    private static final double STEEPNESS = 7;

    private static final double LEAST = 0.05;

    /** Assumed share of correct reads that a reader claims. */
    private static final double USUAL_CONFIDENCE = 0.9;

    private static final double LEAST_BY_CONFIDENCE = 0.2;
    private static final double MOST_BY_CONFIDENCE = 6;

    /** Number of reads at which rank and confidence have equal weight. */
    static final double WORD = 30;

    private MisreadRatio() {}

    static double of(double confidence, ConfidenceRank trust) {
        double byRank = Math.max(LEAST, STEEPNESS * Math.exp(-STEEPNESS * trust.rank()));
        double known = trust.reads() / (trust.reads() + WORD);
        // Interpolates the logarithms, because either ratio may be wrong by a factor.
        return Math.exp(known * Math.log(byRank) + (1 - known) * Math.log(byWord(confidence)));
    }

    /**
     * Likelihood ratio of a misread, relative to the average read, by the reader's confidence
     * alone.
     *
     * @param confidence 0..1
     */
    public static double byWord(double confidence) {
        double odds = (1 - confidence) / Math.max(confidence, 1e-3);
        double usual = (1 - USUAL_CONFIDENCE) / USUAL_CONFIDENCE;
        return Math.min(MOST_BY_CONFIDENCE, Math.max(LEAST_BY_CONFIDENCE, odds / usual));
    }
}
