package io.atalaya.hotlistmatch.passage;

import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.hotlistmatch.score.ConfidenceRank;

/**
 * Histogram of the confidences of a device's reads, with decay by halving. Devices differ too much
 * in what they call 90 % for the value itself to be useful; its rank among the device's own values
 * shows where the misreads are.
 */
final class ConfidenceHistogram {
    static final int BINS = 64;

    /**
     * Log-odds at which the bins start. Bins are even in log-odds, because current readers report
     * 0.99 for most reads.
     */
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

    /**
     * Share of earlier reads with a lower confidence, in which equal ones count half; 0.5 if there
     * are no reads.
     */
    double rank(double confidence) {
        int bin = bin(confidence);
        int below = 0;
        for (int i = 0; i < bin; i++) {
            below += counts[i];
        }
        return reads == 0 ? 0.5 : (below + counts[bin] / 2.0) / reads;
    }

    /** Rank of a read's confidence among the earlier ones. */
    ConfidenceRank confidenceRank(double confidence) {
        return new ConfidenceRank((float) rank(confidence), reads);
    }

    /** Adds a confidence and returns how to undo it. */
    Work add(double confidence) {
        int[] old = reads + 1 < MAX_READS ? null : counts.clone();
        counts[bin(confidence)]++;
        reads++;
        if (reads >= MAX_READS) {
            reads = 0;
            for (int i = 0; i < BINS; i++) {
                counts[i] /= 2;
                reads += counts[i];
            }
        }
        return () -> {
            if (old == null) {
                counts[bin(confidence)]--;
                reads--;
            } else {
                System.arraycopy(old, 0, counts, 0, BINS);
                reads = MAX_READS - 1;
            }
        };
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
