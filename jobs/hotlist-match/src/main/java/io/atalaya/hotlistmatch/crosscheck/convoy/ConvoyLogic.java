package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.hotlistmatch.crosscheck.convoy.Trip.CompanionCandidate;
import io.atalaya.hotlistmatch.event.ListedPassage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Derives the convoys of an entry as a pure function: the same facts give the same convoys and
 * identities in any order.
 */
final class ConvoyLogic {
    private final int minArches;
    private final ConvoyScorer score;

    ConvoyLogic(int minArches) {
        this.minArches = minArches;
        score = new ConvoyScorer(minArches);
    }

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
