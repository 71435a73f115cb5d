package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last outcomes of one subject. A set up to its bound: the order of arrival does not change it.
 *
 * @param lessons by (arrival, alertId), one per alert
 * @param emitted the last emitted offset
 * @param touchedAt wall clock of the last update, epoch ms
 */
record SubjectRecord(
        CalibrationSubject subject,
        List<OutcomeUpdate.LabelledPrediction> lessons,
        CalibrationOffset emitted,
        long touchedAt) {
    /** Maximum for a device; by the fading, older outcomes weigh at most 3 %. */
    private static final int MAX_OF_DEVICE = 50;

    /** Maximum for a source, greater because its devices share the weight. */
    private static final int MAX_OF_SOURCE = 200;

    private static final Comparator<OutcomeUpdate.LabelledPrediction> ORDER =
            Comparator.comparingLong(OutcomeUpdate.LabelledPrediction::arrivalTime)
                    .thenComparing(OutcomeUpdate.LabelledPrediction::alertId);

    static SubjectRecord of(CalibrationSubject subject) {
        return new SubjectRecord(subject, List.of(), CalibrationOffset.NONE, Long.MIN_VALUE);
    }

    /**
     * Replaces an alert's earlier outcome with its last one.
     *
     * @param memory how long outcomes count, in arrival time, ms
     * @param now wall clock, epoch ms
     */
    SubjectRecord with(OutcomeUpdate answer, long memory, long now) {
        List<OutcomeUpdate.LabelledPrediction> all = new ArrayList<>(lessons);
        all.removeIf(labelledPrediction -> labelledPrediction.alertId().equals(answer.alertId()));
        if (answer.labelledPrediction() != null) {
            all.add(answer.labelledPrediction());
            all.sort(ORDER);
        }
        if (!all.isEmpty()) {
            long horizon = all.get(all.size() - 1).arrivalTime() - memory;
            all.removeIf(labelledPrediction -> labelledPrediction.arrivalTime() < horizon);
        }
        int max = subject instanceof CalibrationSubject.Device ? MAX_OF_DEVICE : MAX_OF_SOURCE;
        return new SubjectRecord(
                subject,
                List.copyOf(all.subList(Math.max(0, all.size() - max), all.size())),
                emitted,
                now);
    }

    CalibrationOffset offset(CalibrationSettings rules) {
        return OffsetEstimator.of(subject, lessons, rules);
    }

    SubjectRecord emitted(CalibrationOffset offset) {
        return new SubjectRecord(subject, lessons, offset, touchedAt);
    }

    /**
     * Estimates the calibration offset: the log-odds that make predictions agree with outcomes. It
     * is the mode of a posterior whose prior is normal around zero, so few outcomes change little,
     * outcomes as predicted change nothing, and each outcome counts by its surprise.
     *
     * <p>Recent outcomes count most, because a lens becomes dirty and is cleaned. A device's latest
     * outcome weighs 1, and half as much after ten more.
     *
     * <p>For a source, the outcomes of each device share one unit of weight: a single bad device is
     * its own fault, whereas a bad list is bad everywhere.
     */
    private static final class OffsetEstimator {
        /** Ratio of an outcome's weight to that of the next newer one. */
        private static final double FADE = Math.pow(0.5, 1.0 / 10);

        /** Prior variance of a device's offset: misread rates differ by a factor of e (assumed). */
        private static final double DEVICE_VARIANCE = 1;

        /** Prior variance of a list's offset: lists differ less (assumed). */
        private static final double SOURCE_VARIANCE = 0.25;

        private static final int BISECTIONS = 40;

        private final double[] weights;
        private final List<OutcomeUpdate.LabelledPrediction> lessons;
        private final double variance;

        private OffsetEstimator(
                List<OutcomeUpdate.LabelledPrediction> lessons, double[] weights, double variance) {
            this.lessons = lessons;
            this.weights = weights;
            this.variance = variance;
        }

        /**
         * The offset of a subject, within the limits.
         *
         * @param lessons oldest first
         */
        static CalibrationOffset of(
                CalibrationSubject subject,
                List<OutcomeUpdate.LabelledPrediction> lessons,
                CalibrationSettings rules) {
            int wrong = 0;
            for (OutcomeUpdate.LabelledPrediction labelledPrediction : lessons) {
                wrong += labelledPrediction.isCorrect() ? 0 : 1;
            }
            OffsetEstimator estimate =
                    subject instanceof CalibrationSubject.Device
                            ? new OffsetEstimator(lessons, fading(lessons), DEVICE_VARIANCE)
                            : new OffsetEstimator(lessons, voices(lessons), SOURCE_VARIANCE);
            double offset = estimate.mode(rules.down(), rules.up());
            return new CalibrationOffset((int) Math.round(10 * offset), wrong, lessons.size());
        }

        /**
         * Bisects for the zero of the slope, which falls with the offset; a zero beyond a limit
         * gives that limit.
         */
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

        /** Slope of the log posterior. */
        private double slope(double offset) {
            double slope = -offset / variance;
            for (int i = 0; i < weights.length; i++) {
                OutcomeUpdate.LabelledPrediction labelledPrediction = lessons.get(i);
                double expected = 1 / (1 + Math.exp(-labelledPrediction.logOdds() - offset));
                slope += weights[i] * ((labelledPrediction.isCorrect() ? 1 : 0) - expected);
            }
            return slope;
        }

        private static double[] fading(List<OutcomeUpdate.LabelledPrediction> lessons) {
            double[] weights = new double[lessons.size()];
            double weight = 1;
            for (int i = weights.length - 1; i >= 0; i--) {
                weights[i] = weight;
                weight *= FADE;
            }
            return weights;
        }

        /** Weights that fade among each device's own outcomes and sum to 1 per device. */
        private static double[] voices(List<OutcomeUpdate.LabelledPrediction> lessons) {
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
}
