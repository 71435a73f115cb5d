package io.atalaya.hotlistmatch.decide;

import io.atalaya.alert.Alert;
import io.atalaya.device.Device;
import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlist.Scope;
import io.atalaya.hotlistmatch.passage.Sighting;
import io.atalaya.hotlistmatch.score.Listed;
import io.atalaya.hotlistmatch.score.Score;
import io.atalaya.hotlistmatch.score.Scorer;

import java.util.List;

/**
 * Holds one read against the versions of one entry: in force when it arrived (or new afterwards:
 * retrospective), valid at the read's own time, within scope, probable enough. Depends on
 * timestamps only, never on what was processed first.
 */
final class Judge {
    private final DecideRules rules;
    private final Scorer scorer = new Scorer();

    Judge(DecideRules rules) {
        this.rules = rules;
    }

    /** The fit by the version in force, else by the earliest later one that looks back; or null. */
    Fit fit(Sighting read, List<Span> spans, Devices devices) {
        for (Span span : spans) {
            if (span.holds(read.arrival())) {
                Fit fit = fit(read, span, read.arrival(), false, devices);
                if (fit != null) {
                    return fit;
                }
            }
        }
        for (Span span : spans) {
            if (looksBackTo(read, span)) {
                Fit fit = fit(read, span, span.from(), true, devices);
                if (fit != null) {
                    return fit;
                }
            }
        }
        return null;
    }

    /**
     * The fit of a revision by the version that its passage met, though that may have ended since:
     * it speaks of the same moment; or null.
     */
    Fit revised(Sighting read, Span met, Devices devices) {
        return fit(
                read,
                met,
                Math.max(read.arrival(), met.from()),
                read.arrival() < met.from(),
                devices);
    }

    /**
     * What the read may have been taken for before it was known that the version had ended, or,
     * unless {@code devices} tells, that the device belongs to another site; or null.
     */
    Fit mistaken(Sighting read, List<Span> spans, Devices devices) {
        for (Span span : spans) {
            boolean ended = isSuperseded(read, span);
            if (ended || span.holds(read.arrival()) || looksBackTo(read, span)) {
                boolean retrospective = read.arrival() < span.from();
                long known = retrospective ? span.from() : read.arrival();
                Fit fit = fit(read, span, known, retrospective, devices);
                if (fit != null) {
                    return fit;
                }
            }
        }
        return null;
    }

    /** Whether the version had ended, not long before the read arrived. */
    boolean isSuperseded(Sighting read, Span span) {
        return span.to() <= read.arrival()
                && read.arrival() - span.to() < rules.keepEnded().toMillis();
    }

    private boolean looksBackTo(Sighting read, Span span) {
        return read.arrival() < span.from()
                && span.version().looksBack()
                && span.version().entry().pattern() == null
                && read.read().time() >= span.from() - rules.retention().toMillis();
    }

    private Fit fit(Sighting read, Span span, long known, boolean retrospective, Devices devices) {
        HotlistEntry entry = span.version().entry();
        Listed listed = Listed.of(entry);
        if (listed == null
                || !entry.isValidAt(read.read().time())
                || !within(entry.scope(), read, devices)) {
            return null;
        }
        Score score = scorer.score(listed, read.read());
        if (score == null) {
            return null;
        }
        Alert.Action action = rules.thresholds().action(entry.priority(), score.posterior());
        boolean old =
                retrospective && span.from() - read.read().time() > rules.reviewAfter().toMillis();
        // A pattern asks for whatever fits it: a low score makes it a review, never silence.
        if ((action == null && listed.isPattern()) || (action != null && old)) {
            action = Alert.Action.REVIEW;
        }
        return action == null ? null : new Fit(read, span, known, retrospective, score, action);
    }

    /** What is unknown of a read does not put it out of scope: a miss is worse than a look. */
    private static boolean within(Scope scope, Sighting read, Devices devices) {
        if (!scope.devices().isEmpty() && !scope.devices().contains(read.read().deviceId())) {
            return false;
        }
        if (!scope.directions().isEmpty()
                && read.read().direction() != null
                && !scope.directions().contains(read.read().direction())) {
            return false;
        }
        if (scope.sites().isEmpty()) {
            return true;
        }
        Device device = devices.at(read.read().deviceId(), read.arrival());
        return device == null || device.site() == null || scope.sites().contains(device.site());
    }
}
