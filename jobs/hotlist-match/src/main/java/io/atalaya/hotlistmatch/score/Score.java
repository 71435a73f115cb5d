package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.json.Field;

import java.util.ArrayList;
import java.util.List;

/**
 * The probability that the vehicle read is the listed one, with its reasons.
 *
 * @param posterior 0..1
 * @param kind EXACT, CONFUSABLE, FUZZY, PATTERN, or TAG if only the tag names the vehicle
 * @param text the text of the read, top or alternative, that is nearest to the listed plate; for a
 *     tag alone the plate that was read or the tag's registered plate, or null
 * @param parts in order of evaluation; their sum is the posterior's log-odds
 */
public record Score(double posterior, String kind, String text, List<ScoreContribution> parts) {

    public Score {
        posterior = Field.number("posterior", posterior, 0, 1);
    }

    /** The score of these parts, from which the posterior follows. */
    static Score of(String kind, String text, List<ScoreContribution> parts) {
        double logOdds = 0;
        for (ScoreContribution part : parts) {
            logOdds += part.logOdds();
        }
        return new Score(posterior(logOdds), kind, text, List.copyOf(parts));
    }

    /** The probability that corresponds to these log-odds. */
    public static double posterior(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    /** The score with more parts. */
    public Score with(List<ScoreContribution> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<ScoreContribution> all = new ArrayList<>(parts);
        all.addAll(more);
        return of(kind, text, all);
    }
}
