package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.hotlistmatch.alerting.AlertDerivation.DerivedAlert;
import io.atalaya.hotlistmatch.alerting.EntryState.LastEmission;
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

/** Applies facts to an entry's state and determines which alerts have to be emitted. */
final class AlertUpdater {
    private final AlertingSettings settings;
    private final long restoredAt;
    private final AlertDerivation derivation;
    private final HotlistAlertComposer composer;

    /**
     * @param restoredAt time of the last recovery, epoch ms: messages up to then may be unknown; 0
     *     if all messages are known
     */
    AlertUpdater(AlertingSettings settings, long restoredAt) {
        this.settings = settings;
        this.restoredAt = restoredAt;
        derivation = new AlertDerivation(settings);
        composer = new HotlistAlertComposer(settings.trackLength());
    }

    /**
     * The alerts to emit, and those that stay open.
     *
     * @param entryState the state, with the emissions recorded
     * @param due in the order of emission, {@code detectedAt} 0
     * @param open every derived alert, due or not
     * @param evaluated the passages of the alerts
     */
    record AlertUpdates(
            EntryState entryState,
            List<Alert> due,
            List<OpenAlert> open,
            List<EvaluatedPassage> evaluated) {}

    /**
     * The current state of an alert.
     *
     * @param endedAt arrival time at which the entry ended, epoch ms; null: it has not ended
     * @param validUntil of the entry, epoch ms, or null
     * @param isPlaced whether its device is registered
     * @param closes watermark at which its cool-down is over, epoch ms
     * @param heldUntil watermark until which it is held, epoch ms; null: it is not held
     */
    record OpenAlert(
            Long endedAt, Long validUntil, boolean isPlaced, long closes, Long heldUntil) {}

    /** The state with a fact applied; the same state if the fact changes nothing. */
    EntryState apply(EntryState old, EntryEvent input) {
        if (input instanceof EntryEvent.VersionStarted started) {
            return old.with(started);
        }
        if (input instanceof EntryEvent.VersionEnded ended) {
            return old.with(ended);
        }
        EntryEvent.ReadMatched finding = (EntryEvent.ReadMatched) input;
        // Drops an event that concerns no version, unless the version that matched it has not
        // arrived yet.
        return old.hasVersionFrom(finding.version()) && !concerns(finding.event(), old)
                ? old
                : old.with(finding.event());
    }

    /**
     * Whether to store an event whose version is known: a read that may match, or did so before its
     * OCR result; a retraction; a tag that names the entry or belongs to a stored passage. The tag
     * arrives after its read on every route.
     */
    private boolean concerns(PassageEvent event, EntryState entryState) {
        if (event instanceof Retraction) {
            return true;
        }
        PassageRead read = (PassageRead) event;
        return derivation.concerns(read, entryState)
                || (read instanceof EnrichedRead enrichedRead
                        && enrichedRead.ocrResult() != null
                        && derivation.concerns(enrichedRead.with(null), entryState))
                || (read instanceof TagAssignment && entryState.hasPassage(read.passageId()));
    }

    /**
     * The state without the versions that ended before {@code horizon} and the passages that they
     * matched, because a later version that looks back would match those. Empty if no version is
     * left.
     */
    EntryState prunedBefore(long horizon, EntryState entryState, AlertContext devices) {
        return entryState.hasEndedBefore(horizon)
                ? entryState.prunedBefore(
                        horizon, passage -> derivation.met(passage, entryState, devices))
                : entryState;
    }

    /**
     * The alerts whose content differs from their last emission.
     *
     * @param now watermark
     * @param stalled the watermark is stalled, so that no alert is held
     */
    AlertUpdates update(EntryState entryState, AlertContext devices, long now, boolean stalled) {
        EntryState next = entryState;
        List<Alert> due = new ArrayList<>();
        List<OpenAlert> open = new ArrayList<>();
        Set<String> heads = new HashSet<>();
        List<EvaluatedPassage> evaluated = derivation.evaluated(entryState, devices);
        for (DerivedAlert derivedAlert : derivation.derive(evaluated, entryState, devices, now)) {
            String passageId = derivedAlert.head().passage().id();
            heads.add(passageId);
            LastEmission last = entryState.emitted().get(passageId);
            long heldUntil = last == null && !stalled ? heldUntil(derivedAlert) : Long.MIN_VALUE;
            if (heldUntil <= now && canHaveChanged(derivedAlert, last, entryState.changes())) {
                next = emitChanged(next, derivedAlert, devices, due);
            }
            open.add(
                    new OpenAlert(
                            derivedAlert.endedAt(),
                            HotlistAlertComposer.currentMatch(derivedAlert)
                                    .interval()
                                    .version()
                                    .entry()
                                    .validUntil(),
                            HotlistAlertComposer.device(derivedAlert, devices) != null,
                            derivation.closes(derivedAlert.head()),
                            heldUntil > now ? heldUntil : null));
        }
        next = cancelObsolete(next, heads, devices, due);
        return new AlertUpdates(next.withoutChanges(), due, open, evaluated);
    }

    /** A review is held for the tag of its passage, which may rule it out; an alert is not held. */
    private long heldUntil(DerivedAlert derivedAlert) {
        boolean waits =
                !settings.tagWait().isZero()
                        && HotlistAlertComposer.action(derivedAlert) == Alert.Action.REVIEW
                        && !derivedAlert.head().isRetrospective()
                        && derivedAlert.head().passage().tag() == null;
        return waits
                ? derivedAlert.head().knownSince() + settings.tagWait().toMillis()
                : Long.MIN_VALUE;
    }

    /**
     * Cancels the alert of a passage that is now a repeat of an earlier one, or no match because
     * its version ended before the read arrived.
     */
    private EntryState cancelObsolete(
            EntryState entryState, Set<String> heads, AlertContext devices, List<Alert> due) {
        EntryState next = entryState;
        for (PassageFacts passage : entryState.passages()) {
            LastEmission last = entryState.emitted().get(passage.id());
            if (last != null
                    && !(last.isCancelled() && isLast(last, entryState.changes()))
                    && !heads.contains(passage.id())) {
                DerivedAlert derivedAlert = derivation.cancelled(passage, entryState, devices);
                if (derivedAlert != null) {
                    next = emitChanged(next, derivedAlert, devices, due);
                }
            }
        }
        return next;
    }

    /** Whether a fact, the clock or a registration may have changed an alert that was emitted. */
    private boolean canHaveChanged(
            DerivedAlert derivedAlert, LastEmission last, EntryState.Changes changes) {
        return last == null
                || !last.isPlaced()
                || (!last.isEnded() && derivedAlert.endedAt() != null)
                || changes.changedSince() < derivation.closes(derivedAlert.head())
                || changes.added().entrySet().stream()
                        .anyMatch(
                                added ->
                                        added.getValue() < derivation.closes(derivedAlert.head())
                                                && derivedAlert.canContain(added.getKey()));
    }

    /**
     * Whether the stored emission is the last one. If it is from before a recovery and the changes
     * may have been processed before, the messages that they caused then are unknown.
     */
    private boolean isLast(LastEmission last, EntryState.Changes changes) {
        return last.revision() > restoredAt || changes.earliestArrivalTime() > restoredAt;
    }

    private EntryState emitChanged(
            EntryState entryState,
            DerivedAlert derivedAlert,
            AlertContext devices,
            List<Alert> due) {
        Alert alert = composer.compose(derivedAlert, devices);
        String passageId = derivedAlert.head().passage().id();
        LastEmission last = entryState.emitted().get(passageId);
        boolean placed = HotlistAlertComposer.isPlaced(derivedAlert, devices);
        int digest = AlertCodec.digest(alert);
        if (last != null && last.digest() == digest && isLast(last, entryState.changes())) {
            return last.isPlaced() == placed
                    ? entryState
                    : entryState.withEmitted(passageId, last.withPlaced(placed));
        }
        long before = Math.max(restoredAt, last == null ? 0 : last.revision());
        Alert message = alert.following(before, last == null);
        due.add(message);
        return entryState.withEmitted(
                passageId,
                new LastEmission(
                        message.revision(),
                        message.status() == Alert.Status.CANCELLED,
                        derivedAlert.endedAt() != null,
                        placed,
                        digest));
    }
}
