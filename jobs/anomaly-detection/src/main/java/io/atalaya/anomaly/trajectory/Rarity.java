package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.List;

/** How rare the values of tracks are in a scene: the scene's own values are the scale. */
final class Rarity {
    /** Share of the values, the highest ones, whose distribution is extrapolated. */
    private static final double TAIL = 0.1;

    /** Minimum excess over the start of the tail, for scenes of equal values. */
    private static final double MIN_EXCESS = 1e-3;

    private final List<double[]> values;
    private final int tail;

    /** For each view the highest value below the tail, and the tail's typical excess over it. */
    private final double[] start = new double[View.count()];

    private final double[] excess = new double[View.count()];

    /**
     * @param values of some tracks of the scene, one or more
     */
    Rarity(List<double[]> values) {
        this.values = values;
        tail = (int) (TAIL * values.size());
        for (int view = 0; view < start.length; view++) {
            double[] highest = highest(view);
            start[view] = highest[0];
            excess[view] = Math.max((median(highest) - start[view]) / Math.log(2), MIN_EXCESS);
        }
    }

    /**
     * Of the tail, because its few unusual tracks must not be the scale on which they are measured.
     */
    private static double median(double[] highest) {
        int tail = highest.length - 1;
        return tail == 0 ? highest[0] : (highest[1 + (tail - 1) / 2] + highest[1 + tail / 2]) / 2;
    }

    /** The tail and the value before it, in rising order. */
    private double[] highest(int view) {
        double[] highest = new double[tail + 1];
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        for (double[] of : values) {
            double value = of[view];
            if (value > highest[0]) {
                int at = 0;
                for (; at < tail && highest[at + 1] < value; at++) {
                    highest[at] = highest[at + 1];
                }
                highest[at] = value;
            }
        }
        return highest;
    }

    /**
     * Minus the logarithm of the harmonic mean over the views of the share of the scene's tracks
     * that are as unusual or more: a view that is sure counts, however many others see nothing.
     * Beyond the highest tenth the share falls exponentially, so that tracks that are more unusual
     * than all others keep their order.
     */
    double of(double[] track) {
        double[] rare = new double[start.length];
        double highest = 0;
        for (int view = 0; view < rare.length; view++) {
            rare[view] = of(view, track[view]);
            highest = Math.max(highest, rare[view]);
        }
        double sum = 0;
        for (double each : rare) {
            // Below the highest, because the exponential of a rarity can overflow.
            sum += Math.exp(each - highest);
        }
        return highest + Math.log(sum / rare.length);
    }

    private double of(int view, double value) {
        double beyond = value - start[view];
        return beyond > 0
                ? beyond / excess[view] - Math.log(share(tail))
                : -Math.log(share(above(view, value)));
    }

    /** Number of values above; equal ones count half. */
    private double above(int view, double value) {
        int twice = 0;
        for (double[] of : values) {
            twice += of[view] > value ? 2 : of[view] == value ? 1 : 0;
        }
        return twice / 2.0;
    }

    private double share(double above) {
        return (above + 0.5) / (values.size() + 1);
    }
}
