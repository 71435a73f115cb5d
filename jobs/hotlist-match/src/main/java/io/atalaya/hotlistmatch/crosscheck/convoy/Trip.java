package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.crosscheck.convoy.TripTexts.Family;

import it.unimi.dsi.fastutil.longs.LongIterator;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One drive of one listed vehicle: its arches in order of time, and the other cars near it there,
 * those that were taken back too.
 */
final class Trip {
    /** Who stops for longer between two arches has parted company. */
    static final long MAX_LEG_MS = Duration.ofHours(1).toMillis();

    private final List<PassageNeighbourhood> arches;
    private final List<List<SharedPassage>> seen;
    private final TripTexts texts = new TripTexts();
    private final List<Family> families;

    /** By arch, the texts that stand there; made when it is first asked for. */
    private List<LongSet> standing;

    private Trip(List<PassageNeighbourhood> arches, int minArches) {
        this.arches = List.copyOf(arches);
        this.seen = new ArrayList<>();
        Own own = Own.of(arches);
        for (PassageNeighbourhood arch : arches) {
            List<SharedPassage> here = new ArrayList<>();
            for (NearbyRead car : arch.cars()) {
                SharedPassage each = SharedPassage.of(arch, car);
                // Taken back before the listed vehicle was known there: it never counts.
                if (car.retractedAt() > each.at() && !own.isOneOf(each.text())) {
                    here.add(each);
                    texts.add(each);
                }
            }
            seen.add(here);
        }
        families = texts.families(minArches);
    }

    /** The trips of an entry's vehicles. */
    static List<Trip> of(List<PassageNeighbourhood> all, int minArches) {
        Map<Long, List<PassageNeighbourhood>> byVehicle = new TreeMap<>();
        for (PassageNeighbourhood arch : all) {
            byVehicle
                    .computeIfAbsent(arch.listed().vehicle(), vehicle -> new ArrayList<>())
                    .add(arch);
        }
        List<Trip> trips = new ArrayList<>();
        for (List<PassageNeighbourhood> arches : byVehicle.values()) {
            arches.sort(PassageNeighbourhood.BY_TIME);
            int from = 0;
            for (int i = 1; i <= arches.size(); i++) {
                if (i == arches.size() || leg(arches.get(i - 1), arches.get(i)) > MAX_LEG_MS) {
                    if (i - from >= minArches) {
                        trips.add(new Trip(arches.subList(from, i), minArches));
                    }
                    from = i;
                }
            }
        }
        return trips;
    }

    private static long leg(PassageNeighbourhood first, PassageNeighbourhood second) {
        return second.listed().time() - first.listed().time();
    }

    /** The listed vehicle's own plates and what was read of them: it is not its own company. */
    private record Own(long[] texts, long[] symbols) {
        static Own of(List<PassageNeighbourhood> arches) {
            LongSet own = new LongOpenHashSet();
            for (PassageNeighbourhood arch : arches) {
                for (String text : arch.listed().own()) {
                    own.add(CanonicalPlate.fold(CanonicalPlate.pack(text)));
                }
            }
            long[] texts = own.toLongArray();
            long[] symbols = new long[texts.length];
            for (int i = 0; i < texts.length; i++) {
                symbols[i] = TripTexts.symbols(texts[i]);
            }
            return new Own(texts, symbols);
        }

        boolean isOneOf(long text) {
            long itsSymbols = TripTexts.symbols(text);
            for (int i = 0; i < texts.length; i++) {
                if (TripTexts.isNear(text, itsSymbols, texts[i], symbols[i])) {
                    return true;
                }
            }
            return false;
        }
    }

    List<PassageNeighbourhood> arches() {
        return arches;
    }

    /**
     * A car that keeps turning up.
     *
     * @param text packed folded plate
     * @param seen under it and, where it was not, under a text one edit away, by (time, readId)
     */
    record CompanionCandidate(long text, List<SharedPassage> seen) {
        int devices() {
            return (int) seen.stream().map(SharedPassage::device).distinct().count();
        }
    }

    /** The cars that were ever near at as many arches as make a convoy, by text. */
    List<CompanionCandidate> candidates(int minArches) {
        List<CompanionCandidate> candidates = new ArrayList<>();
        for (Family family : families) {
            CompanionCandidate candidate = candidate(family);
            if (candidate.devices() >= minArches) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    /**
     * All that may ever have made a candidate: every text that is near one, whosever it proves to
     * be. It only grows.
     */
    List<SharedPassage> everything() {
        LongSet near = new LongOpenHashSet();
        for (Family family : families) {
            near.addAll(family.near());
        }
        List<SharedPassage> all = new ArrayList<>();
        for (List<SharedPassage> here : seen) {
            for (SharedPassage each : here) {
                if (near.contains(each.text())) {
                    all.add(each);
                }
            }
        }
        return all;
    }

    private CompanionCandidate candidate(Family family) {
        long text = family.text();
        List<SharedPassage> all = new ArrayList<>();
        for (List<SharedPassage> here : seen) {
            boolean exact = false;
            for (SharedPassage each : here) {
                exact |= each.text() == text;
            }
            for (SharedPassage each : here) {
                if (exact ? each.text() == text : isMisreadOf(family, each.text())) {
                    all.add(each);
                }
            }
        }
        return new CompanionCandidate(text, List.copyOf(all));
    }

    /** A text that is seen as often is another car's own. */
    private boolean isMisreadOf(Family family, long read) {
        if (!family.near().contains(read)) {
            return false;
        }
        int mine = texts.devicesOf(family.text());
        int others = texts.devicesOf(read);
        return others < mine || (others == mine && family.text() < read);
    }

    /**
     * How many cars there were near at the arches from the first to the one before the last, and
     * how many of them still were at the next one; without the car itself.
     */
    ContinuationCount onward(long text, long from, long to) {
        int near = 0;
        int stayed = 0;
        for (int i = 0; i + 1 < arches.size(); i++) {
            // What passes the last arch is not all known when the car has.
            if (arches.get(i).listed().time() >= from && arches.get(i + 1).listed().time() < to) {
                LongSet next = standing().get(i + 1);
                for (LongIterator here = standing().get(i).iterator(); here.hasNext(); ) {
                    long each = here.nextLong();
                    if (each != text) {
                        near++;
                        stayed += next.contains(each) ? 1 : 0;
                    }
                }
            }
        }
        return new ContinuationCount(near, stayed);
    }

    /** Of so many cars, so many were near at the next arch too. */
    record ContinuationCount(int near, int stayed) {}

    private List<LongSet> standing() {
        if (standing == null) {
            standing = new ArrayList<>();
            for (List<SharedPassage> here : seen) {
                LongSet there = new LongOpenHashSet();
                for (SharedPassage each : here) {
                    if (!each.car().isRetracted()) {
                        there.add(each.text());
                    }
                }
                standing.add(there);
            }
        }
        return standing;
    }

    /** The first of what was seen of a car, in the order in which it could be known. */
    static List<SharedPassage> byKnown(CompanionCandidate candidate) {
        List<SharedPassage> seen = new ArrayList<>(candidate.seen());
        seen.sort(
                Comparator.comparingLong(SharedPassage::at)
                        .thenComparingLong(each -> each.arch().listed().time())
                        .thenComparing(each -> each.car().readId()));
        return seen;
    }
}
