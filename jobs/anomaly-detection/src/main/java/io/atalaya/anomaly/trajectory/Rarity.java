package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.List;

/** How rare the values of tracks are in a scene: the scene's own values are the scale. */
final class Rarity {
    /** Share of the values, the highest ones, whose distribution is extrapolated. */
    private static final double TAIL = 0.1;

    /** Minimum excess over the start of the tail, for scenes of equal values. */
    private static final double MIN_EXCESS = 1e-3;

    private static final int FIRST_ROOM = 16;

    /** The scene's values in each view, in rising order. */
    private final double[][] sorted = new double[View.count()][];

    private int size;

    /**
     * @param values of some tracks of the scene
     */
    Rarity(List<double[]> values) {
        size = values.size();
        for (int view = 0; view < sorted.length; view++) {
            int of = view;
            sorted[view] = values.stream().mapToDouble(track -> track[of]).sorted().toArray();
        }
    }

    /** Adds the values of a track. */
    void add(double[] track) {
        for (int view = 0; view < sorted.length; view++) {
            if (size == sorted[view].length) {
                sorted[view] = Arrays.copyOf(sorted[view], Math.max(FIRST_ROOM, 2 * size));
            }
            int at = firstFrom(view, track[view]);
            System.arraycopy(sorted[view], at, sorted[view], at + 1, size - at);
            sorted[view][at] = track[view];
        }
        size++;
    }

    /** Removes the values of a track that were added. */
    void remove(double[] track) {
        for (int view = 0; view < sorted.length; view++) {
            int at = firstFrom(view, track[view]);
            System.arraycopy(sorted[view], at + 1, sorted[view], at, size - at - 1);
        }
        size--;
    }

    /** Number of values below this one. */
    private int firstFrom(int view, double value) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[view][middle] < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /**
     * Minus the logarithm of the harmonic mean over the views of the share of the scene's tracks
     * that are as unusual or more: a view that is sure counts, however many others see nothing.
     * Beyond the highest tenth the share falls exponentially, so that tracks that are more unusual
     * than all others keep their order. There must be one track or more.
     */
    double of(double[] track) {
        double[] rare = new double[sorted.length];
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
        int tail = (int) (TAIL * size);
        double start = sorted[view][size - tail - 1];
        double beyond = value - start;
        if (beyond > 0) {
            double excess = Math.max((medianOfTail(view, tail) - start) / Math.log(2), MIN_EXCESS);
            return beyond / excess - Math.log(share(tail));
        }
        return -Math.log(share(above(view, value)));
    }

    /**
     * Of the tail, because its few unusual tracks must not be the scale on which they are measured;
     * the value before it if it is empty.
     */
    private double medianOfTail(int view, int tail) {
        int first = size - tail;
        return tail == 0
                ? sorted[view][first - 1]
                : (sorted[view][first + (tail - 1) / 2] + sorted[view][first + tail / 2]) / 2;
    }

    /** Number of values above; equal ones count half. */
    private double above(int view, double value) {
        int from = firstFrom(view, value);
        int equal = 0;
        while (from + equal < size && sorted[view][from + equal] == value) {
            equal++;
        }
        return size - from - equal + equal / 2.0;
    }

    private double share(double above) {
        return (above + 0.5) / (size + 1);
    }
}
