package io.atalaya.lab.evaluate.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The results at each threshold of a score, from the highest threshold on.
 *
 * @param points one for each score that occurs
 * @param required number of items that must be found
 */
public record ThresholdCurve(List<Point> points, int required) {
    /**
     * The results at or above a threshold.
     *
     * @param right alerts about a required item
     * @param excused alerts that count neither way
     * @param wrong alerts without a cause
     * @param found required items found
     */
    public record Point(double threshold, int right, int excused, int wrong, int found) {
        public int shown() {
            return right + excused + wrong;
        }

        /** Right alerts over right and wrong ones; 1 if there are neither. */
        public double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }
    }

    /**
     * A scored alert.
     *
     * @param found required items that it finds
     */
    public record Scored(double score, Verdict verdict, Collection<?> found) {}

    /** A score and whether its item is one that must be found. */
    public record Labelled(double score, boolean isPositive) {}

    /** A point for each score that occurs. */
    public static ThresholdCurve of(List<Scored> alerts, int required) {
        List<Scored> falling =
                alerts.stream()
                        .sorted(Comparator.comparingDouble(Scored::score).reversed())
                        .toList();
        List<Point> points = new ArrayList<>();
        int[] counts = new int[Verdict.values().length];
        Set<Object> found = new HashSet<>();
        for (int i = 0; i < falling.size(); i++) {
            Scored alert = falling.get(i);
            counts[alert.verdict().ordinal()]++;
            found.addAll(alert.found());
            // Alerts of equal score share a point, because no threshold separates them.
            if (i + 1 == falling.size() || falling.get(i + 1).score() < alert.score()) {
                points.add(
                        new Point(
                                alert.score(),
                                counts[Verdict.RIGHT.ordinal()],
                                counts[Verdict.EXCUSED.ordinal()],
                                counts[Verdict.FALSE.ordinal()],
                                found.size()));
            }
        }
        return new ThresholdCurve(points, required);
    }

    /** The curve over labelled scores, where each positive one finds itself. */
    public static ThresholdCurve ofLabelled(List<Labelled> scores) {
        List<Scored> items =
                IntStream.range(0, scores.size())
                        .mapToObj(
                                i ->
                                        scores.get(i).isPositive()
                                                ? new Scored(
                                                        scores.get(i).score(),
                                                        Verdict.RIGHT,
                                                        List.of(i))
                                                : new Scored(
                                                        scores.get(i).score(),
                                                        Verdict.FALSE,
                                                        List.of()))
                        .toList();
        return of(items, (int) scores.stream().filter(Labelled::isPositive).count());
    }

    /** Share of the required items found, 0..1; 1 if nothing is required. */
    public double recall(Point point) {
        return required == 0 ? 1 : (double) point.found() / required;
    }

    /** Number of wrong ones at the lowest threshold. */
    public int negatives() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).wrong();
    }

    /** Whether there are right and wrong ones, which the two figures below need. */
    public boolean hasBothLabels() {
        return required > 0 && negatives() > 0;
    }

    /** Probability that a right one scores higher than a wrong one; ties count half. */
    public double rocAuc() {
        double area = 0;
        int right = 0;
        int wrong = 0;
        for (Point point : points) {
            area += (point.wrong() - wrong) * (right + point.right()) / 2.0;
            right = point.right();
            wrong = point.wrong();
        }
        return area / required / negatives();
    }

    /** Mean of the precisions at which each right one is found. */
    public double averagePrecision() {
        double sum = 0;
        int right = 0;
        for (Point point : points) {
            sum += (point.right() - right) * point.precision();
            right = point.right();
        }
        return sum / required;
    }
}
