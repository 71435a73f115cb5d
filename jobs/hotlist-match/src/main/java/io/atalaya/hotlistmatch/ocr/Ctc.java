package io.atalaya.hotlistmatch.ocr;

/**
 * Connectionist temporal classification: a reader gives, for each step from left to right, the
 * probability of every symbol and of a blank. A path is a symbol a step; its text is what is left
 * when repeats are merged and then blanks are dropped.
 */
final class Ctc {
    static final int BLANK = 0;

    private Ctc() {}

    /**
     * Logarithm of the probability of all paths whose text is this one: the forward algorithm.
     *
     * @param steps probabilities by step and symbol; {@link #BLANK} is a symbol
     * @param text symbols
     * @param length of the text
     * @return negative infinity where no path is as short as the steps
     */
    static double logLikelihood(double[][] steps, byte[] text, int length) {
        // Between, before and behind the symbols there may be blanks: states 0, 2, 4 and so on.
        int states = 2 * length + 1;
        double[] now = new double[states];
        double[] before = new double[states];
        double log = 0;
        for (int step = 0; step < steps.length; step++) {
            double sum = 0;
            for (int state = 0; state < states; state++) {
                double reached;
                if (step == 0) {
                    reached = state < 2 ? 1 : 0;
                } else {
                    reached = before[state] + (state > 0 ? before[state - 1] : 0);
                    if (state > 1 && mayFollow(text, state)) {
                        reached += before[state - 2];
                    }
                }
                now[state] = reached * steps[step][symbol(text, state)];
                sum += now[state];
            }
            if (sum == 0) {
                return Double.NEGATIVE_INFINITY;
            }
            // The products soon leave the range of numbers.
            for (int state = 0; state < states; state++) {
                now[state] /= sum;
            }
            log += Math.log(sum);
            double[] swap = before;
            before = now;
            now = swap;
        }
        return log + Math.log(before[states - 1] + (states > 1 ? before[states - 2] : 0));
    }

    /** The text of the likeliest path: no more than nearly the likeliest text. */
    static int bestText(double[][] steps, byte[] text) {
        int length = 0;
        int last = BLANK;
        for (double[] step : steps) {
            int best = best(step);
            if (best != BLANK && best != last && length < text.length) {
                text[length++] = (byte) best;
            }
            last = best;
        }
        return length;
    }

    private static int best(double[] step) {
        int best = 0;
        for (int symbol = 1; symbol < step.length; symbol++) {
            if (step[symbol] > step[best]) {
                best = symbol;
            }
        }
        return best;
    }

    private static int symbol(byte[] text, int state) {
        return (state & 1) == 0 ? BLANK : text[state >> 1];
    }

    /** A symbol may follow another one at once, but not itself. */
    private static boolean mayFollow(byte[] text, int state) {
        return (state & 1) == 1 && text[state >> 1] != text[(state >> 1) - 1];
    }
}
