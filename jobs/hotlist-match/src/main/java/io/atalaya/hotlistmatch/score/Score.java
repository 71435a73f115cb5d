package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.HotlistEvidence.Part;
import io.atalaya.contracts.json.Field;

import java.util.ArrayList;
import java.util.List;

/**
 * How probable it is that the vehicle read is the listed one, and why.
 *
 * @param posterior 0..1
 * @param kind EXACT, CONFUSABLE, FUZZY, PATTERN, or TAG where only the tag names the vehicle
 * @param text the read text, top or alternative, that is nearest to the listed plate; with a tag
 *     alone the plate it is registered for, or null
 * @param parts in the order in which they were weighed; their sum is the posterior's log-odds
 */
public record Score(double posterior, String kind, String text, List<Part> parts) {

    public Score {
        posterior = Field.number("posterior", posterior, 0, 1);
    }

    /** Of parts, of which the posterior follows. */
    static Score of(String kind, String text, List<Part> parts) {
        double logOdds = 0;
        for (Part part : parts) {
            logOdds += part.logOdds();
        }
        return new Score(posterior(logOdds), kind, text, List.copyOf(parts));
    }

    /** The probability that log-odds stand for. */
    public static double posterior(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    /** With more of them. */
    public Score with(List<Part> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Part> all = new ArrayList<>(parts);
        all.addAll(more);
        return of(kind, text, all);
    }
}
