package io.atalaya.contracts.plate;

import java.util.Arrays;

/**
 * The probability that a reader prints a text when it sees a given plate, from an alignment whose
 * costs are negative logarithms of confusion rates.
 *
 * <p>The rates are rounded from 15,600 characters of 1,087 public plate crops read by two engines:
 * a full look-alike (8 and B, 5 and S …) about 4 in 1,000 characters, a near look-alike (M and W, L
 * and 1 …) 1 in 1,000, anything else 1 in 20,000 for each of the other symbols; a drop 1.5 in
 * 1,000, an added character 6 in 1,000 positions over all symbols. Canonical look-alikes (O and 0,
 * I and 1) cost nothing because they are folded before. Only the plate as written distinguishes
 * them: a zero is printed as O one time in eight, as D one in 250.
 */
public final class ConfusionModel {
    /** The share of characters that the reader drops. */
    public static final double DROPPED = 1.5e-3;

    /** The rate at which the reader adds one specific character at one position. */
    public static final double ADDED = 6e-3 / 33;

    private static final double RIGHT = 0.985;
    private static final double LOOK_ALIKE = 4e-3;
    private static final double NEAR = 1e-3;
    private static final double OTHER = 5e-5;
    private static final double LOG_RIGHT = Math.log(RIGHT);
    private static final double LOG_NEAR = Math.log(NEAR);
    private static final double LOG_OTHER = Math.log(OTHER);
    private static final double DROP = -Math.log(DROPPED);
    private static final double ADD = -Math.log(ADDED);

    private static final String[] NEAR_PAIRS = {
        "1L", "1T", "1J", "17", "7T", "MW", "MN", "MH", "NW", "NH", "HW", "KX", "XY", "VY", "UV",
        "0U", "0C", "CG", "6C", "EF", "FP", "PR", "3E", "38", "39", "69", "58", "53", "A4", "2L",
        "ZE", "NK", "Z7"
    };
    private static final double[][] RATE = rates();
    private static final double[][] COST = costs();
    private static final double[][] MIN_COST = leastCosts();

    /** Symbols that are no look-alikes of a symbol: those near it, and all. */
    private static final long[] NEAR_SYMBOLS = symbolsReadAs(NEAR);

    private static final long[] OTHER_SYMBOLS = symbolsReadAs(OTHER);

    /**
     * The probabilities with which the symbols that the canonical form folds are printed, in the
     * order of {@code FOLDED}.
     */
    private static final String FOLDED = "0ODQ1I";

    private static final double[][] PRINTED = {
        {0.87, 0.12, 0.004, 0.002, 0, 0},
        {0.09, 0.89, 0.017, 0.003, 0, 0},
        {0.02, 0.006, 0.97, 0.004, 0, 0},
        {0.015, 0.09, 0.005, 0.89, 0, 0},
        {0, 0, 0, 0, 0.984, 0.016},
        {0, 0, 0, 0, 0.05, 0.95}
    };
    private static final double[][] COST_AS_WRITTEN = costsAsWritten();

    private static final ThreadLocal<double[][]> TABLE =
            ThreadLocal.withInitial(
                    () -> new double[CanonicalPlate.MAX_LENGTH + 1][CanonicalPlate.MAX_LENGTH + 1]);

    private ConfusionModel() {}

    private static double[][] rates() {
        double[][] rate = new double[CanonicalPlate.BASE][CanonicalPlate.BASE];
        for (int a = 1; a < CanonicalPlate.BASE; a++) {
            for (int b = 1; b < CanonicalPlate.BASE; b++) {
                rate[a][b] = a == b ? RIGHT : CanonicalPlate.isLookAlike(a, b) ? LOOK_ALIKE : OTHER;
            }
        }
        for (String pair : NEAR_PAIRS) {
            int a = CanonicalPlate.symbol(pair.charAt(0));
            int b = CanonicalPlate.symbol(pair.charAt(1));
            rate[a][b] = NEAR;
            rate[b][a] = NEAR;
        }
        return rate;
    }

    private static double[][] costs() {
        double[][] cost = new double[CanonicalPlate.BASE][CanonicalPlate.BASE];
        for (int a = 1; a < CanonicalPlate.BASE; a++) {
            for (int b = 1; b < CanonicalPlate.BASE; b++) {
                cost[a][b] = -Math.log(RATE[a][b]);
            }
        }
        return cost;
    }

    /** The costs where only the full look-alike class of the true symbol is known. */
    private static double[][] leastCosts() {
        double[][] least = new double[CanonicalPlate.BASE][CanonicalPlate.BASE];
        for (double[] costs : least) {
            Arrays.fill(costs, Double.POSITIVE_INFINITY);
        }
        for (int read = 1; read < CanonicalPlate.BASE; read++) {
            for (int truth = 1; truth < CanonicalPlate.BASE; truth++) {
                int folded = CanonicalPlate.fold(truth);
                least[read][folded] = Math.min(least[read][folded], COST[read][truth]);
            }
        }
        return least;
    }

    private static double[][] costsAsWritten() {
        double[][] cost = new double[CanonicalPlate.BASE][CanonicalPlate.BASE];
        for (int a = 1; a < CanonicalPlate.BASE; a++) {
            for (int b = 1; b < CanonicalPlate.BASE; b++) {
                cost[a][b] = COST[CanonicalPlate.canonical(a)][CanonicalPlate.canonical(b)];
            }
        }
        byte[] folded = new byte[FOLDED.length()];
        CanonicalPlate.written(FOLDED, folded);
        for (int truth = 0; truth < folded.length; truth++) {
            for (int read = 0; read < folded.length; read++) {
                double printed = PRINTED[truth][read];
                if (printed > 0) {
                    cost[folded[read]][folded[truth]] -= Math.log(printed);
                }
            }
        }
        return cost;
    }

    private static long[] symbolsReadAs(double minRate) {
        long[] symbols = new long[CanonicalPlate.BASE];
        for (int read = 1; read < CanonicalPlate.BASE; read++) {
            for (int truth = 1; truth < CanonicalPlate.BASE; truth++) {
                if (CanonicalPlate.isCanonical(truth)
                        && !CanonicalPlate.isLookAlike(read, truth)
                        && RATE[read][truth] >= minRate) {
                    symbols[read] |= 1L << truth;
                }
            }
        }
        return symbols;
    }

    /**
     * The canonical symbols, as a bit set, that can have been misread as a symbol in a text that is
     * otherwise read correctly. Full look-alikes are not among them.
     *
     * @param length of the text
     * @param minLogProbability the least {@link #logProbability} of the plate
     */
    public static long misreadAs(int read, int length, double minLogProbability) {
        double least = minLogProbability - (length - 1) * LOG_RIGHT;
        return least <= LOG_OTHER
                ? OTHER_SYMBOLS[read]
                : least <= LOG_NEAR ? NEAR_SYMBOLS[read] : 0;
    }

    /** The {@link #logProbability} of a text that is read correctly but for an added character. */
    public static double logProbabilityOfAdded(int length) {
        return (length - 1) * LOG_RIGHT - ADD;
    }

    /** How much less probable a text becomes where one of its characters is a full look-alike. */
    public static double logOfLookAlike() {
        return Math.log(LOOK_ALIKE) - LOG_RIGHT;
    }

    /** The probability that one canonical symbol is read as another, or as itself. */
    public static double rate(int read, int truth) {
        return RATE[read][truth];
    }

    /**
     * Natural logarithm of the probability that {@code truth} is read as {@code read}, by the
     * likeliest alignment.
     */
    public static double logProbability(
            byte[] read, int readLength, byte[] truth, int truthLength) {
        return aligned(COST, read, readLength, truth, truthLength);
    }

    /**
     * Upper bound of {@link #logProbability} over all plates with the given folded form.
     *
     * @param folded symbols of a folded form
     */
    public static double maxLogProbability(
            byte[] read, int readLength, byte[] folded, int foldedLength) {
        return aligned(MIN_COST, read, readLength, folded, foldedLength);
    }

    /** {@link #logProbability} of symbols as written, without folding. */
    public static double logProbabilityAsWritten(
            byte[] read, int readLength, byte[] truth, int truthLength) {
        return aligned(COST_AS_WRITTEN, read, readLength, truth, truthLength);
    }

    private static double aligned(
            double[][] cost, byte[] read, int readLength, byte[] truth, int truthLength) {
        double[][] table = TABLE.get();
        table[0][0] = 0;
        for (int i = 1; i <= readLength; i++) {
            table[i][0] = i * ADD;
        }
        for (int j = 1; j <= truthLength; j++) {
            table[0][j] = j * DROP;
        }
        for (int i = 1; i <= readLength; i++) {
            double[] costs = cost[read[i - 1]];
            for (int j = 1; j <= truthLength; j++) {
                double through = table[i - 1][j - 1] + costs[truth[j - 1]];
                double added = table[i - 1][j] + ADD;
                double dropped = table[i][j - 1] + DROP;
                table[i][j] = Math.min(through, Math.min(added, dropped));
            }
        }
        return -table[readLength][truthLength];
    }
}
