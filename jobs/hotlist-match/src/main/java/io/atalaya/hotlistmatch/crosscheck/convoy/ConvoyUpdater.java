package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Says what has become of the convoys of an entry since they were last spoken of. */
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
     * Tells the convoys that have grown or are no more, and notes that.
     *
     * @param clock what is later has not had its wait
     * @return the facts, with what was told of them
     */
    ConvoyCase emit(ConvoyCase facts, long clock, String entryId, Consumer<CrossCheckFinding> out) {
        ConvoyCase next = facts;
        Set<String> derived = new HashSet<>();
        // What was told while the clock stood still stays told.
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

    /** What is to be told of a convoy now, or null. */
    private CrossCheckFinding crossCheckFinding(Convoy convoy, EmittedConvoy emitted) {
        ConvoyEstimate company = convoy.company();
        Alert.Action action =
                company == null ? null : rules.thresholds().action(company.posterior());
        if (emitted == null) {
            return action == null ? null : composer.compose(convoy, action);
        }
        Alert last = emitted.last().derivedAlert();
        if (action == null) {
            return emitted.last().isTakenBack()
                    ? null
                    : emitted.last()
                            .takenBack(
                                    Math.max(convoy.revision(), last.revision() + 1),
                                    Math.max(convoy.at(), last.at()));
        }
        if (convoy.revision() > last.revision()) {
            return composer.compose(convoy, action);
        }
        // Something was unsaid, or is forgotten: no more facts, but other contents.
        return composer.compose(convoy.withRevision(last.revision()), action).equals(emitted.last())
                ? null
                : composer.compose(convoy.withRevision(last.revision() + 1), action);
    }

    private static long until(Convoy convoy, EmittedConvoy emitted) {
        return convoy.company() == null
                ? emitted.until()
                : convoy.company().chain().last().arch().listed().time();
    }

    /**
     * Takes back what an earlier arch that came to be known late has given another identity, or
     * what proves to be a misread of another companion.
     */
    private static ConvoyCase takeBackAbsorbed(
            ConvoyCase facts, Set<String> derived, Consumer<CrossCheckFinding> out) {
        ConvoyCase next = facts;
        for (EmittedConvoy emitted : List.copyOf(facts.shown())) {
            if (!derived.contains(emitted.last().alertId())
                    && facts.holds(emitted.anchor().passageId())
                    && !emitted.last().isTakenBack()) {
                Alert last = emitted.last().derivedAlert();
                CrossCheckFinding retraction =
                        emitted.last().takenBack(last.revision() + 1, last.at());
                next = next.with(new EmittedConvoy(emitted.anchor(), emitted.until(), retraction));
                out.accept(retraction);
            }
        }
        return next;
    }
}
