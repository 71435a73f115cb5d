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

    private static final double MIN = 0.05;

    /** Assumed share of correct reads that a reader claims. */
    private static final double TYPICAL_CONFIDENCE = 0.9;

    private static final double MIN_BY_CONFIDENCE = 0.2;
    private static final double MAX_BY_CONFIDENCE = 6;

    /** Number of reads at which rank and confidence have equal weight. */
    static final double READS_OF_EQUAL_WEIGHT = 30;

    private MisreadRatio() {}

    static double of(double confidence, ConfidenceRank confidenceRank) {
        double byRank = Math.max(MIN, STEEPNESS * Math.exp(-STEEPNESS * confidenceRank.rank()));
        double known = confidenceRank.reads() / (confidenceRank.reads() + READS_OF_EQUAL_WEIGHT);
        // Interpolates the logarithms, because either ratio may be wrong by a factor.
        return Math.exp(
                known * Math.log(byRank) + (1 - known) * Math.log(fromConfidence(confidence)));
    }

    /**
     * Likelihood ratio of a misread, relative to the average read, by the reader's confidence
     * alone.
     *
     * @param confidence 0..1
     */
    public static double fromConfidence(double confidence) {
        double odds = (1 - confidence) / Math.max(confidence, 1e-3);
        double usual = (1 - TYPICAL_CONFIDENCE) / TYPICAL_CONFIDENCE;
        return Math.min(MAX_BY_CONFIDENCE, Math.max(MIN_BY_CONFIDENCE, odds / usual));
    }
}
