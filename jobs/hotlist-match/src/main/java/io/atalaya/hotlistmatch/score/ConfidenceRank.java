package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.json.Field;

/**
 * The rank of a read's confidence among the reader's own reads. Readers scale confidence
 * differently, but each reader's misreads gather among its least confident reads. {@link Scorer}
 * adds the part {@code confidence} to the score by {@link #misreadRatio}.
 *
 * @param rank share of the reader's reads with a lower confidence, 0..1
 * @param reads number of reads behind that share; 0 if the reader is unknown
 */
public record ConfidenceRank(float rank, int reads) {
    public static final ConfidenceRank UNKNOWN = new ConfidenceRank(0.5f, 0);

    /** Number of reads at which rank and confidence have equal weight. */
    static final double READS_OF_EQUAL_WEIGHT = 30;

    /** The density of misreads over the rank is {@code 7 e^(-7 rank)}; its integral is nearly 1. */
    private static final double STEEPNESS = 7;

    private static final double MIN_BY_RANK = 0.05;

    /** Assumed share of correct reads that a reader claims. */
    private static final double TYPICAL_CONFIDENCE = 0.9;

    private static final double MIN_BY_CONFIDENCE = 0.2;
    private static final double MAX_BY_CONFIDENCE = 6;

    public ConfidenceRank {
        Field.number("rank", rank, 0, 1);
        Field.integer("reads", reads, 0, Integer.MAX_VALUE);
    }

    /**
     * Likelihood ratio of a misread, relative to the average read. If enough of the reader's reads
     * are known, it follows from the rank: of two readers' misreads of real plates 61 % were in the
     * least confident tenth of their reads, 18 % in the next, 13 % in the third, and about half a
     * percent in each of the upper five. Otherwise it follows from the confidence itself.
     *
     * @param confidence of the read, 0..1
     */
    double misreadRatio(double confidence) {
        double byRank = Math.max(MIN_BY_RANK, STEEPNESS * Math.exp(-STEEPNESS * rank));
        double known = reads / (reads + READS_OF_EQUAL_WEIGHT);
        // Interpolates the logarithms, because either ratio may be wrong by a factor.
        return Math.exp(
                known * Math.log(byRank) + (1 - known) * Math.log(misreadRatioOf(confidence)));
    }

    /**
     * Likelihood ratio of a misread, relative to the average read, by the confidence alone.
     *
     * @param confidence of the read, 0..1
     */
    public static double misreadRatioOf(double confidence) {
        double odds = (1 - confidence) / Math.max(confidence, 1e-3);
        double typical = (1 - TYPICAL_CONFIDENCE) / TYPICAL_CONFIDENCE;
        return Math.min(MAX_BY_CONFIDENCE, Math.max(MIN_BY_CONFIDENCE, odds / typical));
    }
}
