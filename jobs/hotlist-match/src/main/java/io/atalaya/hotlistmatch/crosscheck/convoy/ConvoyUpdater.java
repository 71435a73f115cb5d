package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Emits the changes of an entry's convoys since the last emission. */
final class ConvoyUpdater {
    private final ConvoySettings rules;
    private final ConvoyLogic logic;
    private final ConvoyComposer composer;

    ConvoyUpdater(ConvoySettings rules) {
        this.rules = rules;
        logic = new ConvoyLogic(rules.minArches());
        composer = new ConvoyComposer(rules);
    }

    /**
     * Emits the convoys that changed or no longer exist.
     *
     * @param clock arrival time up to which facts have waited long enough
     * @return the facts, with the emitted convoys
     */
    ConvoyCase emit(ConvoyCase facts, long clock, String entryId, Consumer<CrossCheckFinding> out) {
        ConvoyCase next = facts;
        Set<String> derived = new HashSet<>();
        // Facts that were emitted while the watermark was stalled continue to count.
        long until = Math.max(clock, facts.emittedUntil());
        for (Convoy convoy : logic.derive(facts.asOf(until))) {
            String alertId = ConvoyComposer.alertId(entryId, convoy.anchor());
            derived.add(alertId);
            EmittedConvoy emitted = facts.shown(alertId);
            CrossCheckFinding crossCheckFinding = crossCheckFinding(convoy, emitted);
            if (crossCheckFinding != null) {
                next =
                        next.with(
                                new EmittedConvoy(
                                        convoy.anchor(),
                                        until(convoy, emitted),
                                        crossCheckFinding));
                out.accept(crossCheckFinding);
            }
        }
        return takeBackAbsorbed(next, derived, out);
    }

    /** The finding to emit for a convoy, or null if nothing changed. */
    private CrossCheckFinding crossCheckFinding(Convoy convoy, EmittedConvoy emitted) {
        ConvoyEstimate company = convoy.company();
        Alert.Action action =
                company == null ? null : rules.thresholds().action(company.posterior());
        if (emitted == null) {
            return action == null ? null : composer.compose(convoy, action);
        }
        CrossCheckFinding last = emitted.last();
        if (action == null) {
            return last.isTakenBack() ? null : last.takenBack(convoy.at());
        }
        CrossCheckFinding next = composer.compose(convoy, action);
        return next.digest() == last.digest() ? null : next.after(last.derivedAlert().revision());
    }

    private static long until(Convoy convoy, EmittedConvoy emitted) {
        return convoy.company() == null
                ? emitted.until()
                : convoy.company().chain().last().arch().listed().time();
    }

    /**
     * Retracts emitted convoys that are no longer derived: an earlier passage that became known
     * late changed the identity, or the companion is a misread of another one.
     */
    private static ConvoyCase takeBackAbsorbed(
            ConvoyCase facts, Set<String> derived, Consumer<CrossCheckFinding> out) {
        ConvoyCase next = facts;
        for (EmittedConvoy emitted : List.copyOf(facts.shown())) {
            if (!derived.contains(emitted.last().alertId())
                    && facts.holds(emitted.anchor().passageId())
                    && !emitted.last().isTakenBack()) {
                CrossCheckFinding cancelled =
                        emitted.last().takenBack(emitted.last().derivedAlert().causedAt());
                next = next.with(new EmittedConvoy(emitted.anchor(), emitted.until(), cancelled));
                out.accept(cancelled);
            }
        }
        return next;
    }
}
