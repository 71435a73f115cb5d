package io.atalaya.hotlistmatch.passage;

import io.atalaya.hotlistmatch.score.ConfidenceRank;

/**
 * How a device's reader usually trusts its reads: a histogram of confidences, which forgets by
 * halving. Readers differ too much in what they call 90 % for the number itself to say anything;
 * its rank among the reader's own says where the misreads are.
 */
final class ConfidenceHistogram {
    static final int BINS = 64;

    /** Bins are even in log-odds, for readers of today say 0.99 of most reads. */
    private static final double LOWEST = -2;

    private static final double BINS_PER_UNIT = 4;
    private static final int MAX_READS = 4096;

    private final int[] counts;
    private int reads;

    ConfidenceHistogram() {
        this(new int[BINS]);
    }

    ConfidenceHistogram(int[] counts) {
        this.counts = counts;
        for (int count : counts) {
            reads += count;
        }
    }

    int[] counts() {
        return counts;
    }

    int reads() {
        return reads;
    }

    /** The share of earlier reads that were trusted less, equal ones by half; 0.5 of none. */
    double rank(double confidence) {
        int bin = bin(confidence);
        double below = counts[bin] / 2.0;
        for (int i = 0; i < bin; i++) {
            below += counts[i];
        }
        return reads == 0 ? 0.5 : below / reads;
    }

    /** How a read is trusted among the earlier ones. */
    ConfidenceRank trust(double confidence) {
        return new ConfidenceRank((float) rank(confidence), reads);
    }

    void add(double confidence) {
        counts[bin(confidence)]++;
        reads++;
        if (reads >= MAX_READS) {
            reads = 0;
            for (int i = 0; i < BINS; i++) {
                counts[i] /= 2;
                reads += counts[i];
            }
        }
    }

    ConfidenceHistogram copy() {
        return new ConfidenceHistogram(counts.clone());
    }

    private static int bin(double confidence) {
        double logOdds = Math.log(confidence / (1 - confidence));
        double bin = Math.floor((logOdds - LOWEST) * BINS_PER_UNIT);
        return (int) Math.max(0, Math.min(BINS - 1, bin));
    }
}
