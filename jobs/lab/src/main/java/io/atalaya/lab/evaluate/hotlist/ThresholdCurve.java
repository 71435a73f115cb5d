package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.hotlist.JudgedAlert.RequiredPassage;
import io.atalaya.lab.evaluate.hotlist.JudgedAlert.Verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Alerts shown at each possible threshold. */
final class ThresholdCurve {

    /**
     * One threshold.
     *
     * @param threshold lowest score shown
     * @param found required passages covered by a shown alert
     * @param right alerts about a required passage
     * @param optional alerts about a passage that may alert
     * @param wrong alerts about no passage of the ground truth
     */
    record Point(double threshold, int found, int right, int optional, int wrong) {

        int shown() {
            return right + optional + wrong;
        }

        /** Share of the required passages, 0..1; 1 if nothing is required. */
        double recall(int required) {
            return required == 0 ? 1 : (double) found / required;
        }

        /** Right alerts over right and false ones; 1 if there are neither. */
        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }
    }

    private ThresholdCurve() {}

    /** A point for each score that occurs, from the highest to the lowest. */
    static List<Point> of(List<JudgedAlert> alerts) {
        List<JudgedAlert> falling = new ArrayList<>(alerts);
        falling.sort(Comparator.comparingDouble(JudgedAlert::score).reversed());
        Set<RequiredPassage> found = new HashSet<>();
        List<Point> points = new ArrayList<>();
        int right = 0;
        int optional = 0;
        int wrong = 0;
        for (int i = 0; i < falling.size(); i++) {
            JudgedAlert alert = falling.get(i);
            found.addAll(alert.found());
            right += alert.verdict() == Verdict.RIGHT ? 1 : 0;
            optional += alert.verdict() == Verdict.OPTIONAL ? 1 : 0;
            wrong += alert.verdict() == Verdict.FALSE ? 1 : 0;
            boolean last = i + 1 == falling.size() || falling.get(i + 1).score() < alert.score();
            if (last) {
                points.add(new Point(alert.score(), found.size(), right, optional, wrong));
            }
        }
        return points;
    }
}
