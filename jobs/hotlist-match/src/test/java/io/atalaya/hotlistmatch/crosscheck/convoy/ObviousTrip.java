package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.hotlistmatch.crosscheck.convoy.SharedPassages.SharedPassage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A reference implementation of {@link Trip} that compares all reads with each other. */
final class ObviousTrip {
    private final List<PassageNeighbourhood> neighbourhoods;
    private final List<List<SharedPassage>> seen;

    /** The devices at which each folded text was read. */
    private final Map<Long, Set<String>> devices = new TreeMap<>();

    private ObviousTrip(List<PassageNeighbourhood> neighbourhoods) {
        this.neighbourhoods = List.copyOf(neighbourhoods);
        this.seen = new ArrayList<>();
        Set<Long> own = own(neighbourhoods);
        for (PassageNeighbourhood neighbourhood : neighbourhoods) {
            List<SharedPassage> here = new ArrayList<>();
            for (NearbyRead vehicleRead : neighbourhood.vehicleReads()) {
                SharedPassage each = SharedPassage.of(neighbourhood, vehicleRead);
                // A read that was retracted before the listed passage was known never counts.
                if (vehicleRead.retractedAt() > each.knownSince() && !isOneOf(own, each.text())) {
                    here.add(each);
                    devices.computeIfAbsent(each.text(), text -> new HashSet<>())
                            .add(each.device());
                }
            }
            seen.add(here);
        }
    }

    /** The trips of an entry's vehicles. */
    static List<ObviousTrip> of(List<PassageNeighbourhood> all) {
        Map<Long, List<PassageNeighbourhood>> byVehicle = new TreeMap<>();
        for (PassageNeighbourhood neighbourhood : all) {
            byVehicle
                    .computeIfAbsent(neighbourhood.listed().vehicle(), vehicle -> new ArrayList<>())
                    .add(neighbourhood);
        }
        List<ObviousTrip> trips = new ArrayList<>();
        for (List<PassageNeighbourhood> neighbourhoods : byVehicle.values()) {
            neighbourhoods.sort(PassageNeighbourhood.BY_TIME);
            int from = 0;
            for (int i = 1; i <= neighbourhoods.size(); i++) {
                if (i == neighbourhoods.size()
                        || leg(neighbourhoods.get(i - 1), neighbourhoods.get(i))
                                > Trip.MAX_LEG_MS) {
                    trips.add(new ObviousTrip(neighbourhoods.subList(from, i)));
                    from = i;
                }
            }
        }
        return trips;
    }

    private static long leg(PassageNeighbourhood first, PassageNeighbourhood second) {
        return second.listed().deviceTime() - first.listed().deviceTime();
    }

    /** The listed vehicle's own plates and texts: it is not its own companion. */
    private static Set<Long> own(List<PassageNeighbourhood> neighbourhoods) {
        Set<Long> own = new HashSet<>();
        for (PassageNeighbourhood neighbourhood : neighbourhoods) {
            for (String text : neighbourhood.listed().ownPlates()) {
                own.add(CanonicalPlate.fold(CanonicalPlate.pack(text)));
            }
        }
        return own;
    }

    private static boolean isOneOf(Set<Long> own, long text) {
        for (long each : own) {
            if (PlateComparison.kind(each, text) != MatchKind.NONE) {
                return true;
            }
        }
        return false;
    }

    List<PassageNeighbourhood> neighbourhoods() {
        return neighbourhoods;
    }

    /** The vehicles that were ever near at {@code minDevices} devices, by text. */
    List<Trip.CompanionCandidate> candidates(int minDevices) {
        List<Trip.CompanionCandidate> candidates = new ArrayList<>();
        for (long text : devices.keySet()) {
            if (devicesOf(text) >= 2) {
                Trip.CompanionCandidate candidate = candidate(text);
                if (candidate.devices() >= minDevices) {
                    candidates.add(candidate);
                }
            }
        }
        return candidates;
    }

    private int devicesOf(long text) {
        return devices.get(text).size();
    }

    private Trip.CompanionCandidate candidate(long text) {
        List<SharedPassage> all = new ArrayList<>();
        for (List<SharedPassage> here : seen) {
            boolean exact = here.stream().anyMatch(each -> each.text() == text);
            for (SharedPassage each : here) {
                if (exact ? each.text() == text : isMisreadOf(text, each.text())) {
                    all.add(each);
                }
            }
        }
        return new Trip.CompanionCandidate(text, List.copyOf(all));
    }

    /**
     * A text at more devices is another vehicle's own plate; of two at equally many, the lower
     * packed text is the true one.
     */
    private boolean isMisreadOf(long text, long read) {
        int mine = devicesOf(text);
        int others = devicesOf(read);
        return (others < mine || (others == mine && text < read))
                && PlateComparison.kind(text, read) != MatchKind.NONE;
    }

    /**
     * Counts the vehicles near the passages from {@code from} on whose next passage is before
     * {@code to}, and those still near at that next passage, without the vehicle itself.
     */
    Trip.ContinuationCount onward(long text, long from, long to) {
        int near = 0;
        int stayed = 0;
        for (int i = 0; i + 1 < neighbourhoods.size(); i++) {
            // The reads near the last passage may be incomplete when the vehicle's own read is
            // known there.
            if (neighbourhoods.get(i).listed().deviceTime() >= from
                    && neighbourhoods.get(i + 1).listed().deviceTime() < to) {
                Set<Long> next = texts(seen.get(i + 1));
                for (long each : texts(seen.get(i))) {
                    if (each != text) {
                        near++;
                        stayed += next.contains(each) ? 1 : 0;
                    }
                }
            }
        }
        return new Trip.ContinuationCount(near, stayed);
    }

    private static Set<Long> texts(List<SharedPassage> here) {
        Set<Long> texts = new HashSet<>();
        for (SharedPassage each : here) {
            if (!each.vehicleRead().isRetracted()) {
                texts.add(each.text());
            }
        }
        return texts;
    }
}
