package io.atalaya.hotlistmatch.decide;

import io.atalaya.alert.Alert;
import io.atalaya.hotlistmatch.decide.AlertDerivation.Draft;
import io.atalaya.hotlistmatch.passage.Sighting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes up facts about an entry, and says which alerts have grown by them. */
final class Announcer {
    private final DecideRules rules;
    private final AlertDerivation derivation;
    private final AlertComposer composer;

    Announcer(DecideRules rules) {
        this.rules = rules;
        derivation = new AlertDerivation(rules);
        composer = new AlertComposer(rules.trackLength());
    }

    /**
     * What is to be sent, and what stays open.
     *
     * @param entryCase with a note of what is sent
     * @param due in the order of sending, {@code detectedAt} 0
     * @param open every alert that is derived now, due or not
     */
    record Announcement(EntryCase entryCase, List<Alert> due, List<Open> open) {}

    /**
     * An alert as it stands.
     *
     * @param closes arrival clock, when its cool-down is over
     */
    record Open(Alert alert, long closes) {}

    /** The case with a fact added; the case itself if the fact changes nothing. */
    EntryCase fold(EntryCase old, CaseInput input) {
        if (input instanceof CaseInput.Started started) {
            return old.with(started);
        }
        if (input instanceof CaseInput.Ended ended) {
            return old.with(ended);
        }
        CaseInput.Finding finding = (CaseInput.Finding) input;
        // Forget a read that concerns no version, unless the one that found it is on its way.
        return finding.event() instanceof Sighting sighting
                        && old.knows(finding.version())
                        && !derivation.concerns(sighting, old)
                ? old
                : old.with(finding.event());
    }

    /**
     * The case without the versions that ended before {@code horizon}, nor what they met: a later
     * version that looks back would take it for its own. Empty when no version is left.
     */
    EntryCase prunedBefore(long horizon, EntryCase entryCase, Devices devices) {
        return entryCase.hasEndedBefore(horizon)
                ? entryCase.prunedBefore(
                        horizon, passage -> derivation.met(passage, entryCase, devices))
                : entryCase;
    }

    /**
     * The alerts that say more than what was sent last.
     *
     * @param now arrival clock
     */
    Announcement announce(EntryCase entryCase, Devices devices, long now) {
        EntryCase next = entryCase;
        List<Alert> due = new ArrayList<>();
        List<Open> open = new ArrayList<>();
        Set<String> heads = new HashSet<>();
        for (Draft draft : derivation.derive(entryCase, devices, now)) {
            String passageId = draft.head().passage().id();
            heads.add(passageId);
            Alert alert = composer.compose(draft, devices);
            Emitted last = next.emitted().get(passageId);
            if (Emitted.isDue(last, alert)) {
                next = send(next, passageId, Emitted.after(last, alert), due);
            }
            open.add(new Open(alert, draft.head().known() + rules.coolDown().toMillis()));
        }
        next = takeBack(next, heads, devices, due);
        return new Announcement(next, due, open);
    }

    /**
     * Takes back the alert of a passage that turned out to be a repeat of an earlier one, or no
     * match at all: the version had ended before the read arrived.
     */
    private EntryCase takeBack(
            EntryCase entryCase, Set<String> heads, Devices devices, List<Alert> due) {
        EntryCase next = entryCase;
        for (Passage passage : entryCase.passages()) {
            Emitted last = entryCase.emitted().get(passage.id());
            if (last != null && !last.cancelled() && !heads.contains(passage.id())) {
                Draft draft = derivation.takenBack(passage, entryCase, devices);
                if (draft != null) {
                    Alert alert = last.takenBack(composer.compose(draft, devices));
                    next = send(next, passage.id(), alert, due);
                }
            }
        }
        return next;
    }

    private static EntryCase send(
            EntryCase entryCase, String passageId, Alert alert, List<Alert> due) {
        due.add(alert);
        return entryCase.withEmitted(passageId, Emitted.of(alert));
    }
}
