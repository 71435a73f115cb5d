package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.hotlistmatch.alerting.AlertDerivation.DerivedAlert;
import io.atalaya.hotlistmatch.alerting.LastEmission.Sending;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes up facts about an entry, and says which alerts have grown by them. */
final class AlertUpdater {
    private final AlertingSettings rules;
    private final AlertDerivation derivation;
    private final AlertComposer composer;

    AlertUpdater(AlertingSettings rules) {
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
     * @param evaluated the passages that the alerts are of
     */
    record AlertUpdates(
            EntryState entryCase,
            List<Alert> due,
            List<OpenAlert> open,
            List<EvaluatedPassage> evaluated) {}

    /**
     * An alert as it stands.
     *
     * @param endedAt arrival clock, when the entry ended; null: it has not
     * @param validUntil of the entry, or null
     * @param placed whether its device is registered
     * @param closes arrival clock, when its cool-down is over
     * @param heldUntil arrival clock, until when it is not sent; null: it is not held
     */
    record OpenAlert(Long endedAt, Long validUntil, boolean placed, long closes, Long heldUntil) {}

    /** The case with a fact added; the case itself if the fact changes nothing. */
    EntryState fold(EntryState old, EntryEvent input) {
        if (input instanceof EntryEvent.VersionStarted started) {
            return old.with(started);
        }
        if (input instanceof EntryEvent.VersionEnded ended) {
            return old.with(ended);
        }
        EntryEvent.ReadMatched finding = (EntryEvent.ReadMatched) input;
        // Forget what concerns no version, unless the one that found it is on its way.
        return old.knows(finding.version()) && !concerns(finding.event(), old)
                ? old
                : old.with(finding.event());
    }

    /**
     * Whether an event is worth keeping, now that the version that found it is known: a read that
     * may fit, or did until its image was read again, the end of one, a tag that names the entry or
     * speaks of a passage that is kept: a tag follows its read on every way.
     */
    private boolean concerns(PassageEvent event, EntryState entryCase) {
        if (event instanceof Retraction) {
            return true;
        }
        PassageRead read = (PassageRead) event;
        return derivation.concerns(read, entryCase)
                || (read instanceof EnrichedRead enrichedRead
                        && enrichedRead.ocrResult() != null
                        && derivation.concerns(enrichedRead.with(null), entryCase))
                || (read instanceof TagAssignment && entryCase.holds(read.passageId()));
    }

    /**
     * The case without the versions that ended before {@code horizon}, nor what they met: a later
     * version that looks back would take it for its own. Empty when no version is left.
     */
    EntryState prunedBefore(long horizon, EntryState entryCase, AlertContext devices) {
        return entryCase.hasEndedBefore(horizon)
                ? entryCase.prunedBefore(
                        horizon, passage -> derivation.met(passage, entryCase, devices))
                : entryCase;
    }

    /**
     * The alerts that say more than what was sent last, or after a correction something else.
     *
     * @param now arrival clock
     * @param stalled that clock stands still: nothing is waited for
     */
    AlertUpdates announce(EntryState entryCase, AlertContext devices, long now, boolean stalled) {
        EntryState next = entryCase;
        List<Alert> due = new ArrayList<>();
        List<OpenAlert> open = new ArrayList<>();
        Set<String> heads = new HashSet<>();
        List<EvaluatedPassage> evaluated = derivation.evaluated(entryCase, devices);
        for (DerivedAlert derivedAlert : derivation.derive(evaluated, entryCase, devices, now)) {
            String passageId = derivedAlert.head().passage().id();
            heads.add(passageId);
            LastEmission last = next.emitted().get(passageId);
            long heldUntil = last == null && !stalled ? heldUntil(derivedAlert) : Long.MIN_VALUE;
            if (heldUntil <= now) {
                int facts = AlertComposer.facts(derivedAlert, devices);
                boolean grown = AlertComposer.isDueAfter(last, derivedAlert, facts);
                if (grown || next.corrected()) {
                    Alert alert = composer.compose(derivedAlert, devices);
                    next =
                            grown || last.differs(alert)
                                    ? send(
                                            next,
                                            passageId,
                                            LastEmission.after(last, alert, facts),
                                            due)
                                    : next.withEmitted(passageId, last.of(facts));
                }
            }
            open.add(
                    new OpenAlert(
                            derivedAlert.end().at(),
                            AlertComposer.voice(derivedAlert)
                                    .interval()
                                    .version()
                                    .entry()
                                    .validUntil(),
                            AlertComposer.device(derivedAlert, devices) != null,
                            derivedAlert.head().known() + rules.coolDown().toMillis(),
                            heldUntil > now ? heldUntil : null));
        }
        next = takeBack(next, heads, devices, due);
        return new AlertUpdates(next.uncorrected(), due, open, evaluated);
    }

    /** A review can wait for the tag of its passage, which may rule it out; an alert cannot. */
    private long heldUntil(DerivedAlert derivedAlert) {
        boolean waits =
                AlertComposer.action(derivedAlert) == Alert.Action.REVIEW
                        && !derivedAlert.head().isRetrospective()
                        && derivedAlert.head().passage().tag() == null;
        return waits ? derivedAlert.head().known() + rules.tagWait().toMillis() : Long.MIN_VALUE;
    }

    /**
     * Takes back the alert of a passage that turned out to be a repeat of an earlier one, or no
     * match at all: the version had ended before the read arrived.
     */
    private EntryState takeBack(
            EntryState entryCase, Set<String> heads, AlertContext devices, List<Alert> due) {
        EntryState next = entryCase;
        for (PassageFacts passage : entryCase.passages()) {
            LastEmission last = entryCase.emitted().get(passage.id());
            if (last != null && !last.cancelled() && !heads.contains(passage.id())) {
                DerivedAlert derivedAlert = derivation.takenBack(passage, entryCase, devices);
                if (derivedAlert != null) {
                    Sending sending = last.takenBack(composer.compose(derivedAlert, devices));
                    next = send(next, passage.id(), sending, due);
                }
            }
        }
        return next;
    }

    private static EntryState send(
            EntryState entryCase, String passageId, Sending sending, List<Alert> due) {
        due.add(sending.alert());
        return entryCase.withEmitted(passageId, sending.emitted());
    }
}
