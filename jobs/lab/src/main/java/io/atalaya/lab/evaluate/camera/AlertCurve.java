package io.atalaya.lab.evaluate.camera;

import io.atalaya.lab.evaluate.camera.CameraTruth.Verdict;
import io.atalaya.simulator.truth.GroundTruth.CameraAnomaly;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Alerts at each threshold of the score, from the highest threshold on. Scores too low for an alert
 * in the run are unknown.
 *
 * @param points one for each score that occurs
 * @param required number of anomalies to be found
 */
record AlertCurve(List<Point> points, int required) {

    /**
     * The alerts at or above a threshold.
     *
     * @param right alerts about an anomaly of their type
     * @param excused alerts explained by something else in the ground truth
     * @param wrong alerts without a cause in the ground truth
     * @param found anomalies found
     */
    record Point(double threshold, int right, int excused, int wrong, int found) {
        int shown() {
            return right + excused + wrong;
        }

        /** 0..1; excused alerts are not counted. */
        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }
    }

    static AlertCurve of(List<JudgedAlert> alerts, List<CameraAnomaly> anomalies) {
        double[] best = anomalies.stream().mapToDouble(each -> best(each, alerts)).toArray();
        List<Point> points = new ArrayList<>();
        List<JudgedAlert> falling =
                alerts.stream()
                        .sorted(Comparator.comparingDouble(JudgedAlert::score).reversed())
                        .toList();
        int[] counts = new int[Verdict.values().length];
        for (int i = 0; i < falling.size(); i++) {
            double score = falling.get(i).score();
            counts[falling.get(i).verdict().ordinal()]++;
            if (i + 1 == falling.size() || falling.get(i + 1).score() < score) {
                int found = 0;
                for (double each : best) {
                    found += each >= score ? 1 : 0;
                }
                points.add(
                        new Point(
                                score,
                                counts[Verdict.RIGHT.ordinal()],
                                counts[Verdict.EXCUSED.ordinal()],
                                counts[Verdict.FALSE.ordinal()],
                                found));
            }
        }
        return new AlertCurve(points, anomalies.size());
    }

    private static double best(CameraAnomaly anomaly, List<JudgedAlert> alerts) {
        return alerts.stream()
                .filter(each -> !each.alert().isCancelled())
                .filter(each -> CameraTruth.isAbout(each.alert(), anomaly))
                .mapToDouble(JudgedAlert::score)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
