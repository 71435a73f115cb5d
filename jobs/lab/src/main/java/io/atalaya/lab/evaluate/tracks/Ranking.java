package io.atalaya.lab.evaluate.tracks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Labelled scores by threshold, from the highest on.
 *
 * @param points one for each score that occurs: how many are at or above it
 * @param unusual how many are labelled so
 * @param usual how many are not
 */
record Ranking(List<Point> points, int unusual, int usual) {
    /**
     * What is at or above a threshold.
     *
     * @param right labelled unusual
     * @param wrong labelled usual
     */
    record Point(double threshold, int right, int wrong) {
        double precision() {
            return (double) right / (right + wrong);
        }
    }

    /** A score and what the label says. */
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
            // Those of equal score come together: no threshold parts them.
            if (i + 1 == falling.size() || falling.get(i + 1).score() < falling.get(i).score()) {
                points.add(new Point(falling.get(i).score(), right, wrong));
            }
        }
        return new Ranking(points, right, wrong);
    }

    /** Whether both kinds occur, without which there is nothing to rank. */
    boolean judges() {
        return unusual > 0 && usual > 0;
    }

    /** The chance that an unusual one scores higher than a usual one, ties counted half. */
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

    /** Mean of the precisions at which each unusual one is found. */
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
