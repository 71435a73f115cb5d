package io.atalaya.hotlistmatch.passage;

import java.util.Arrays;

/** The optimal assignment of a few tags to a few plates: of one of the tags, if it is certain. */
final class LocalAssignment {
    /** Above this number of plates nothing is certain; it bounds the cost. */
    static final int MAX_PLATES = 8;

    /** The weight of a tag that no longer waits, without plate: worse than any pair. */
    static final double ALONE = -20;

    /**
     * The weight of a tag whose plate may still come: no plate of another vehicle is better, one
     * that may be misread is.
     */
    static final double WAITING = 0;

    /** Log-odds by which the best assignment has to be above the best with another plate. */
    static final double MARGIN = Math.log(10);

    private LocalAssignment() {}

    /**
     * The plate of the first tag, or -1 if it has none or another assignment is nearly as likely.
     *
     * @param weights log-likelihoods by tag and plate, above {@link #ALONE}; {@link
     *     Double#NEGATIVE_INFINITY}: the pair is impossible
     * @param alone by tag, {@link #ALONE} or {@link #WAITING}
     */
    static int ofFirst(double[][] weights, double[] alone) {
        int plates = weights[0].length;
        if (plates > MAX_PLATES) {
            return -1;
        }
        double[] others = ofOthers(weights, alone, 1 << plates);
        double best = alone[0] + max(others, 0);
        double next = Double.NEGATIVE_INFINITY;
        int assigned = -1;
        for (int plate = 0; plate < plates; plate++) {
            double likelihood = weights[0][plate] + max(others, 1 << plate);
            next = Math.max(next, Math.min(best, likelihood));
            if (likelihood > best) {
                best = likelihood;
                assigned = plate;
            }
        }
        return best - next >= MARGIN ? assigned : -1;
    }

    /** The greatest likelihood of the other tags, by the set of plates that they take. */
    private static double[] ofOthers(double[][] weights, double[] alone, int sets) {
        double[] by = new double[sets];
        Arrays.fill(by, Double.NEGATIVE_INFINITY);
        by[0] = 0;
        for (int tag = 1; tag < weights.length; tag++) {
            for (int set = sets - 1; set >= 0; set--) {
                double best = by[set] + alone[tag];
                for (int rest = set; rest != 0; rest &= rest - 1) {
                    int plate = Integer.numberOfTrailingZeros(rest);
                    best = Math.max(best, by[set ^ 1 << plate] + weights[tag][plate]);
                }
                by[set] = best;
            }
        }
        return by;
    }

    private static double max(double[] others, int without) {
        double max = Double.NEGATIVE_INFINITY;
        for (int set = 0; set < others.length; set++) {
            if ((set & without) == 0) {
                max = Math.max(max, others[set]);
            }
        }
        return max;
    }
}
