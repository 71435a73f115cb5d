package io.atalaya.hotlistmatch.score;

/**
 * How much likelier a misread is than usual, by the reader's confidence in it. By its rank among
 * the reader's own where enough of them are known: of two readers' misreads of real plates 61 % lay
 * in the least trusted tenth of their reads, 18 % in the next, 13 % in the third, and about half a
 * percent in each of the upper five. By the confidence itself where nothing is known.
 */
public final class MisreadRatio {
    /** The density of misreads over the rank: {@code 7 e^(-7 rank)}, nearly 1 in the whole. */
    private static final double STEEPNESS = 7;

    private static final double LEAST = 0.05;

    /**
     * What a reader says of the share of its reads that are right, where it is not better known.
     */
    private static final double USUAL_CONFIDENCE = 0.9;

    private static final double LEAST_BY_CONFIDENCE = 0.2;
    private static final double MOST_BY_CONFIDENCE = 6;

    /** So many reads of a reader count as much as its word. */
    static final double WORD = 30;

    private MisreadRatio() {}

    static double of(double confidence, ConfidenceRank trust) {
        double byRank = Math.max(LEAST, STEEPNESS * Math.exp(-STEEPNESS * trust.rank()));
        double known = trust.reads() / (trust.reads() + WORD);
        // Between the two in logarithms: either may be wrong by a factor.
        return Math.exp(known * Math.log(byRank) + (1 - known) * Math.log(byWord(confidence)));
    }

    /**
     * How much likelier a misread is than usual, by what the reader says of itself.
     *
     * @param confidence 0..1
     */
    public static double byWord(double confidence) {
        double odds = (1 - confidence) / Math.max(confidence, 1e-3);
        double usual = (1 - USUAL_CONFIDENCE) / USUAL_CONFIDENCE;
        return Math.min(MOST_BY_CONFIDENCE, Math.max(LEAST_BY_CONFIDENCE, odds / usual));
    }
}
