package io.atalaya.lab.evaluate.tracks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Labelled scores by threshold, from the highest on.
 *
 * @param points one per score that occurs: the numbers at or above it
 * @param unusual number labelled unusual
 * @param usual number of tracks labelled as typical
 */
record Ranking(List<Point> points, int unusual, int usual) {
    /**
     * The tracks at or above a threshold.
     *
     * @param right labelled unusual
     * @param wrong labelled not unusual
     */
    record Point(double threshold, int right, int wrong) {
        double precision() {
            return (double) right / (right + wrong);
        }
    }

    /** A score with its label. */
    record Labelled(double score, boolean unusual) {}

    static Ranking of(List<Labelled> scores) {
        List<Labelled> falling =
                scores.stream()
                        .sorted(Comparator.comparingDouble(Labelled::score).reversed())
                        .toList();
        List<Point> points = new ArrayList<>();
        int right = 0;
        int wrong = 0;
        for (int i = 0; i < falling.size(); i++) {
            if (falling.get(i).unusual()) {
                right++;
            } else {
                wrong++;
            }
            // Tracks of equal score share a point, because no threshold separates them.
            if (i + 1 == falling.size() || falling.get(i + 1).score() < falling.get(i).score()) {
                points.add(new Point(falling.get(i).score(), right, wrong));
            }
        }
        return new Ranking(points, right, wrong);
    }

    /** Whether both labels occur, which the figures need. */
    boolean judges() {
        return unusual > 0 && usual > 0;
    }

    /** Probability that an unusual track scores higher than another one; ties count half. */
    double rocAuc() {
        double area = 0;
        int right = 0;
        int wrong = 0;
        for (Point point : points) {
            area += (point.wrong() - wrong) * (right + point.right()) / 2.0;
            right = point.right();
            wrong = point.wrong();
        }
        return area / unusual / usual;
    }

    /** Mean of the precisions at which each unusual track is found. */
    double averagePrecision() {
        double sum = 0;
        int right = 0;
        for (Point point : points) {
            sum += (point.right() - right) * point.precision();
            right = point.right();
        }
        return sum / unusual;
    }
}
