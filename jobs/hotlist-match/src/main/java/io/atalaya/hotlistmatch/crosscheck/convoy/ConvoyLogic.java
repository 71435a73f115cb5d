package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyCase.ConvoyKey;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyCase.EmittedConvoy;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyScorer.ConvoyEstimate;
import io.atalaya.hotlistmatch.crosscheck.convoy.SharedPassages.SharedPassage;
import io.atalaya.hotlistmatch.crosscheck.convoy.Trip.CompanionCandidate;
import io.atalaya.hotlistmatch.event.ListedPassage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Derives the convoys of an entry and emits those that changed. A pure function: the same facts
 * give the same convoys and identities in any order.
 */
final class ConvoyLogic {
    /**
     * A vehicle that was near a listed vehicle at enough devices.
     *
     * @param estimate how probable it is that they travel together; null if too few of the shared
     *     passages still hold
     * @param causedAt arrival time of the trip's last fact, epoch ms
     */
    record Convoy(ConvoyKey key, ConvoyEstimate estimate, long causedAt) {}

    private final ConvoySettings settings;
    private final int minDevices;
    private final ConvoyScorer scorer;
    private final ConvoyComposer composer;

    ConvoyLogic(ConvoySettings settings) {
        this.settings = settings;
        minDevices = settings.minDevices();
        scorer = new ConvoyScorer(minDevices);
        composer = new ConvoyComposer(settings);
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
        for (Convoy convoy : derive(facts.asOf(until))) {
            String alertId = ConvoyComposer.alertId(entryId, convoy.key());
            derived.add(alertId);
            EmittedConvoy emitted = facts.emittedConvoys(alertId);
            CrossCheckFinding crossCheckFinding = crossCheckFinding(convoy, emitted);
            if (crossCheckFinding != null) {
                next =
                        next.with(
                                new EmittedConvoy(
                                        convoy.key(),
                                        lastSharedAt(convoy, emitted),
                                        crossCheckFinding));
                out.accept(crossCheckFinding);
            }
        }
        return cancelAbsorbed(next, derived, out);
    }

    /** The finding to emit for a convoy, or null if nothing changed. */
    private CrossCheckFinding crossCheckFinding(Convoy convoy, EmittedConvoy emitted) {
        ConvoyEstimate estimate = convoy.estimate();
        Alert.Action action =
                estimate == null ? null : settings.thresholds().action(estimate.posterior());
        if (emitted == null) {
            return action == null ? null : composer.compose(convoy, action);
        }
        CrossCheckFinding last = emitted.last();
        if (action == null) {
            return last.isCancelled() ? null : last.cancelled(convoy.causedAt());
        }
        CrossCheckFinding next = composer.compose(convoy, action);
        return next.digest() == last.digest() ? null : next.after(last.derivedAlert().revision());
    }

    private static long lastSharedAt(Convoy convoy, EmittedConvoy emitted) {
        return convoy.estimate() == null
                ? emitted.lastSharedAt()
                : convoy.estimate().shared().last().neighbourhood().listed().deviceTime();
    }

    /**
     * Retracts emitted convoys that are no longer derived: an earlier passage that became known
     * late changed the identity, or the companion is a misread of another one.
     */
    private static ConvoyCase cancelAbsorbed(
            ConvoyCase facts, Set<String> derived, Consumer<CrossCheckFinding> out) {
        ConvoyCase next = facts;
        for (EmittedConvoy emitted : List.copyOf(facts.emittedConvoys())) {
            if (!derived.contains(emitted.last().alertId())
                    && facts.holds(emitted.key().passageId())
                    && !emitted.last().isCancelled()) {
                CrossCheckFinding cancelled =
                        emitted.last().cancelled(emitted.last().derivedAlert().causedAt());
                next =
                        next.with(
                                new EmittedConvoy(
                                        emitted.key(), emitted.lastSharedAt(), cancelled));
                out.accept(cancelled);
            }
        }
        return next;
    }

    /** The convoys that follow from the facts. */
    List<Convoy> derive(ConvoyCase facts) {
        List<Convoy> convoys = new ArrayList<>();
        List<PassageNeighbourhood> known =
                facts.neighbourhoods().stream()
                        .filter(neighbourhood -> !neighbourhood.listed().isRetracted())
                        .toList();
        for (Trip trip : Trip.of(known, minDevices)) {
            List<CompanionCandidate> candidates = trip.candidates(minDevices);
            if (!candidates.isEmpty()) {
                convoys.addAll(convoys(trip, candidates, facts));
            }
        }
        return convoys;
    }

    private List<Convoy> convoys(Trip trip, List<CompanionCandidate> candidates, ConvoyCase facts) {
        List<SharedPassages> allShared = new ArrayList<>();
        for (CompanionCandidate candidate : candidates) {
            SharedPassages shared = SharedPassages.of(candidate, trip, minDevices);
            if (shared != null) {
                allShared.add(shared);
            }
        }
        Map<Long, ConvoyEstimate> estimates = new HashMap<>();
        for (ConvoyEstimate estimate : scorer.score(allShared)) {
            estimates.put(estimate.shared().text(), estimate);
        }
        List<Convoy> convoys = new ArrayList<>();
        for (CompanionCandidate candidate : candidates) {
            ConvoyKey key = key(candidate, trip, facts);
            convoys.add(new Convoy(key, estimates.get(candidate.text()), trip.lastAt()));
        }
        return convoys;
    }

    /**
     * The identity, from the first shared passages that made it a convoy, by the arrival time from
     * which they could be known. An emitted convoy keeps its identity when its first passages are
     * dropped.
     */
    private ConvoyKey key(CompanionCandidate candidate, Trip trip, ConvoyCase facts) {
        long begins = trip.neighbourhoods().get(0).listed().deviceTime();
        long vehicle = trip.neighbourhoods().get(0).listed().vehicle();
        for (EmittedConvoy emitted : facts.emittedConvoys()) {
            if (emitted.key().vehicle() == vehicle
                    && !facts.holds(emitted.key().passageId())
                    && emitted.key().deviceTime() < begins
                    && begins - emitted.lastSharedAt() <= Trip.MAX_LEG_MS
                    && PlateComparison.kind(emitted.key().companion(), candidate.text())
                            != MatchKind.NONE) {
                return emitted.key();
            }
        }
        Set<String> devices = new HashSet<>();
        List<SharedPassage> first = new ArrayList<>();
        for (SharedPassage seen : Trip.byKnown(candidate)) {
            if (devices.size() < minDevices) {
                first.add(seen);
                devices.add(seen.device());
            }
        }
        long proven = first.get(first.size() - 1).knownSince();
        first.sort(
                Comparator.comparing(SharedPassage::neighbourhood, PassageNeighbourhood.BY_TIME));
        ListedPassage shared = first.get(0).neighbourhood().listed();
        return new ConvoyKey(
                vehicle,
                candidate.text(),
                shared.passageId(),
                shared.deviceTime(),
                first.get(0).knownSince(),
                first.get(first.size() - 1).device(),
                proven);
    }
}
