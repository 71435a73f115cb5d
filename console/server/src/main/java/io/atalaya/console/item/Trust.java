package io.atalaya.console.item;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.disposition.Disposition.Outcome;

import java.util.List;
import java.util.Set;

/**
 * How far scores trust a device, by what was found out about its alerts. It is the score that a
 * plain read of a listed plate would get at the device. hotlist-match does not publish it, so it is
 * learned here from the same records in the same way (docs/scoring.md).
 *
 * @param deviceId that read the plate
 * @param before an answer
 * @param after it
 */
public record Trust(String deviceId, double before, double after) {
    /** Parts of a score that earlier outcomes have added; they would be learned twice. */
    private static final Set<String> LEARNED = Set.of("device-record", "source-record");

    /** Log-odds of an equal plate without anything else. */
    private static final double PLAIN = Math.log(0.994 / 0.006);

    private static final int MAX_LESSONS = 50;
    private static final double FADE = Math.pow(0.5, 1.0 / 10);
    private static final double LOWEST = -12;
    private static final double HIGHEST = 2;
    private static final int BISECTIONS = 40;

    /**
     * What one answered alert says of its device.
     *
     * @param logOdds of its score by the evidence alone
     */
    record Lesson(double logOdds, boolean isRight) {
        /** Null if the outcome says nothing of the device. */
        static Lesson of(Double logOdds, Outcome outcome) {
            return logOdds == null || outcome == null || outcome == Outcome.NOT_ACTIONABLE
                    ? null
                    // Of another state, but with the characters that were read.
                    : new Lesson(logOdds, outcome != Outcome.WRONG_PLATE);
        }
    }

    /** What the evidence says for an alert about a listed plate that was read, else null. */
    static Double logOdds(Alert alert) {
        if (alert.entry() == null
                || alert.deviceId() == null
                || !(alert.evidence() instanceof HotlistEvidence evidence)
                || evidence.read() == null) {
            return null;
        }
        return evidence.parts().stream()
                .filter(part -> !LEARNED.contains(part.name()))
                .mapToDouble(ScoreContribution::logOdds)
                .sum();
    }

    /** The trust after these lessons, oldest first. */
    public static double value(List<Lesson> lessons) {
        List<Lesson> last =
                lessons.subList(Math.max(0, lessons.size() - MAX_LESSONS), lessons.size());
        double low = LOWEST;
        double high = HIGHEST;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (slope(last, middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double score = probability(PLAIN + (low + high) / 2);
        return Math.round(score * 1000) / 1000.0;
    }

    /** Slope of the log posterior, with a normal prior of variance 1. */
    private static double slope(List<Lesson> lessons, double offset) {
        double slope = -offset;
        double weight = 1;
        for (int i = lessons.size() - 1; i >= 0; i--) {
            Lesson lesson = lessons.get(i);
            slope += weight * ((lesson.isRight ? 1 : 0) - probability(lesson.logOdds + offset));
            weight *= FADE;
        }
        return slope;
    }

    private static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }
}
