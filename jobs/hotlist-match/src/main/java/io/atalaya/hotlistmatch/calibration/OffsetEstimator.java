package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shift of log-odds that makes what alerts promised agree with what they kept: the mode of the
 * posterior, of which the prior is normal around zero. So few answers move little, answers as
 * promised move nothing, and each counts by how much it surprises.
 *
 * <p>The last answers count most: a lens gets dirty, and is cleaned. A device's newest answer
 * weighs 1, and half as much once ten more have come.
 *
 * <p>To a source every device has one voice, which its answers share: one bad device is its own
 * fault, a bad list is bad everywhere.
 */
final class OffsetEstimator {
    /** Factor by which an answer weighs less than the next newer one. */
    private static final double FADE = Math.pow(0.5, 1.0 / 10);

    /** Devices misread by a factor of e more or less than usual (assumed). */
    private static final double DEVICE_VARIANCE = 1;

    /** Lists differ less (assumed). */
    private static final double SOURCE_VARIANCE = 0.25;

    private static final int BISECTIONS = 40;

    private final double[] weights;
    private final List<LabelledPrediction> lessons;
    private final double variance;

    private OffsetEstimator(List<LabelledPrediction> lessons, double[] weights, double variance) {
        this.lessons = lessons;
        this.weights = weights;
        this.variance = variance;
    }

    /**
     * The shift of a subject, within the bounds.
     *
     * @param lessons oldest first
     */
    static CalibrationOffset of(
            CalibrationSubject subject,
            List<LabelledPrediction> lessons,
            CalibrationSettings rules) {
        int wrong = 0;
        for (LabelledPrediction labelledPrediction : lessons) {
            wrong += labelledPrediction.right() ? 0 : 1;
        }
        OffsetEstimator estimate =
                subject instanceof CalibrationSubject.Device
                        ? new OffsetEstimator(lessons, fading(lessons), DEVICE_VARIANCE)
                        : new OffsetEstimator(lessons, voices(lessons), SOURCE_VARIANCE);
        double offset = estimate.mode(rules.down(), rules.up());
        return new CalibrationOffset((int) Math.round(10 * offset), wrong, lessons.size());
    }

    /** The slope falls with the shift: where it is zero, or at the bound that is nearer to that. */
    private double mode(double down, double up) {
        double low = -down;
        double high = up;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (slope(middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Of the logarithm of the posterior. */
    private double slope(double offset) {
        double slope = -offset / variance;
        for (int i = 0; i < weights.length; i++) {
            LabelledPrediction labelledPrediction = lessons.get(i);
            double expected = 1 / (1 + Math.exp(-labelledPrediction.logOdds() - offset));
            slope += weights[i] * ((labelledPrediction.right() ? 1 : 0) - expected);
        }
        return slope;
    }

    private static double[] fading(List<LabelledPrediction> lessons) {
        double[] weights = new double[lessons.size()];
        double weight = 1;
        for (int i = weights.length - 1; i >= 0; i--) {
            weights[i] = weight;
            weight *= FADE;
        }
        return weights;
    }

    /** Fading among each device's own, the sum of each device 1. */
    private static double[] voices(List<LabelledPrediction> lessons) {
        double[] weights = new double[lessons.size()];
        Map<String, Double> next = new HashMap<>();
        Map<String, Double> sums = new HashMap<>();
        for (int i = weights.length - 1; i >= 0; i--) {
            String voice = lessons.get(i).deviceId();
            weights[i] = next.getOrDefault(voice, 1.0);
            next.put(voice, FADE * weights[i]);
            sums.merge(voice, weights[i], Double::sum);
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sums.get(lessons.get(i).deviceId());
        }
        return weights;
    }
}
