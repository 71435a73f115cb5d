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
     * @param company how probable it is that they travel together; null if too few of the shared
     *     passages still hold
     * @param at arrival time of the trip's last fact, epoch ms
     */
    record Convoy(ConvoyKey anchor, ConvoyEstimate company, long at) {}

    private final ConvoySettings rules;
    private final int minArches;
    private final ConvoyScorer score;
    private final ConvoyComposer composer;

    ConvoyLogic(ConvoySettings rules) {
        this.rules = rules;
        minArches = rules.minArches();
        score = new ConvoyScorer(minArches);
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
        for (Convoy convoy : derive(facts.asOf(until))) {
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

    /** The convoys that follow from the facts. */
    List<Convoy> derive(ConvoyCase facts) {
        List<Convoy> convoys = new ArrayList<>();
        List<PassageNeighbourhood> said =
                facts.arches().stream().filter(arch -> !arch.listed().isRetracted()).toList();
        for (Trip trip : Trip.of(said, minArches)) {
            List<CompanionCandidate> candidates = trip.candidates(minArches);
            if (!candidates.isEmpty()) {
                convoys.addAll(convoys(trip, candidates, facts));
            }
        }
        return convoys;
    }

    private List<Convoy> convoys(Trip trip, List<CompanionCandidate> candidates, ConvoyCase facts) {
        List<SharedPassages> chains = new ArrayList<>();
        for (CompanionCandidate candidate : candidates) {
            SharedPassages chain = SharedPassages.of(candidate, trip, minArches);
            if (chain != null) {
                chains.add(chain);
            }
        }
        Map<Long, ConvoyEstimate> companies = new HashMap<>();
        for (ConvoyEstimate company : score.weigh(chains)) {
            companies.put(company.chain().text(), company);
        }
        List<Convoy> convoys = new ArrayList<>();
        for (CompanionCandidate candidate : candidates) {
            ConvoyKey anchor = anchor(candidate, trip, facts);
            convoys.add(new Convoy(anchor, companies.get(candidate.text()), trip.lastAt()));
        }
        return convoys;
    }

    /**
     * The identity, from the first shared passages that made it a convoy, by the arrival time from
     * which they could be known. An emitted convoy keeps its identity when its first passages are
     * dropped.
     */
    private ConvoyKey anchor(CompanionCandidate candidate, Trip trip, ConvoyCase facts) {
        long begins = trip.arches().get(0).listed().time();
        long vehicle = trip.arches().get(0).listed().vehicle();
        for (EmittedConvoy emitted : facts.shown()) {
            if (emitted.anchor().vehicle() == vehicle
                    && !facts.holds(emitted.anchor().passageId())
                    && emitted.anchor().time() < begins
                    && begins - emitted.until() <= Trip.MAX_LEG_MS
                    && PlateComparison.kind(emitted.anchor().companion(), candidate.text())
                            != MatchKind.NONE) {
                return emitted.anchor();
            }
        }
        Set<String> devices = new HashSet<>();
        List<SharedPassage> first = new ArrayList<>();
        for (SharedPassage seen : Trip.byKnown(candidate)) {
            if (devices.size() < minArches) {
                first.add(seen);
                devices.add(seen.device());
            }
        }
        long proven = first.get(first.size() - 1).at();
        first.sort(Comparator.comparing(SharedPassage::arch, PassageNeighbourhood.BY_TIME));
        ListedPassage shared = first.get(0).arch().listed();
        return new ConvoyKey(
                vehicle,
                candidate.text(),
                shared.passageId(),
                shared.time(),
                first.get(0).at(),
                first.get(first.size() - 1).device(),
                proven);
    }
}
