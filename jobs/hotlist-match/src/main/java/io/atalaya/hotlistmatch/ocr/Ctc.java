package io.atalaya.hotlistmatch.ocr;

/**
 * Connectionist temporal classification: for each step from left to right, a reader gives the
 * probability of every symbol and of a blank. A path has one symbol per step; its text results from
 * merging repeats and then dropping blanks.
 */
final class Ctc {
    static final int BLANK = 0;

    private Ctc() {}

    /**
     * Log-probability of all paths with this text, by the forward algorithm.
     *
     * @param steps probabilities by step and symbol, including {@link #BLANK}
     * @param text symbols
     * @param length of the text
     * @return negative infinity if no path fits into the steps
     */
    static double logLikelihood(double[][] steps, byte[] text, int length) {
        // The even states are optional blanks before, between and after the symbols.
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
                    if (state > 1 && canFollow(text, state)) {
                        reached += before[state - 2];
                    }
                }
                now[state] = reached * steps[step][symbol(text, state)];
                sum += now[state];
            }
            if (sum == 0) {
                return Double.NEGATIVE_INFINITY;
            }
            // Rescales at each step, because the products would underflow.
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

    /** Number of steps that a text needs: a blank separates equal symbols. */
    static int minSteps(byte[] text, int length) {
        int steps = length;
        for (int i = 1; i < length; i++) {
            steps += text[i] == text[i - 1] ? 1 : 0;
        }
        return steps;
    }

    /** The text of the most probable path, which approximates the most probable text. */
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

    /** A symbol may directly follow a different symbol, but not itself. */
    private static boolean canFollow(byte[] text, int state) {
        return (state & 1) == 1 && text[state >> 1] != text[(state >> 1) - 1];
    }
}
