package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.hotlistmatch.crosscheck.convoy.SharedPassages.SharedPassage;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongIterator;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One drive of one listed vehicle: its passages in order of time, and the reads near them,
 * including retracted ones.
 */
final class Trip {
    /** A longer time between two passages starts a new trip. */
    static final long MAX_LEG_MS = Duration.ofHours(1).toMillis();

    private final List<PassageNeighbourhood> neighbourhoods;
    private final List<List<SharedPassage>> sharedPassages;
    private final TripTexts texts = new TripTexts();
    private final List<TripTexts.NearbyTexts> families;

    /** The unretracted texts of each passage; computed on first use. */
    private List<LongSet> validTexts;

    private Trip(List<PassageNeighbourhood> neighbourhoods, int minDevices) {
        this.neighbourhoods = List.copyOf(neighbourhoods);
        this.sharedPassages = new ArrayList<>();
        OwnPlates own = OwnPlates.of(neighbourhoods);
        for (PassageNeighbourhood neighbourhood : neighbourhoods) {
            List<SharedPassage> here = new ArrayList<>();
            for (NearbyRead vehicleRead : neighbourhood.vehicleReads()) {
                SharedPassage each = SharedPassage.of(neighbourhood, vehicleRead);
                // A read that was retracted before the listed passage was known never counts.
                if (vehicleRead.retractedAt() > each.knownSince() && !own.isOneOf(each.text())) {
                    here.add(each);
                    texts.add(each);
                }
            }
            sharedPassages.add(here);
        }
        families = texts.families(minDevices);
    }

    /** The trips of an entry's vehicles. */
    static List<Trip> of(List<PassageNeighbourhood> all, int minDevices) {
        Map<Long, List<PassageNeighbourhood>> byVehicle = new TreeMap<>();
        for (PassageNeighbourhood neighbourhood : all) {
            byVehicle
                    .computeIfAbsent(neighbourhood.listed().vehicle(), vehicle -> new ArrayList<>())
                    .add(neighbourhood);
        }
        List<Trip> trips = new ArrayList<>();
        for (List<PassageNeighbourhood> neighbourhoods : byVehicle.values()) {
            neighbourhoods.sort(PassageNeighbourhood.BY_TIME);
            int from = 0;
            for (int i = 1; i <= neighbourhoods.size(); i++) {
                if (i == neighbourhoods.size()
                        || leg(neighbourhoods.get(i - 1), neighbourhoods.get(i)) > MAX_LEG_MS) {
                    if (i - from >= minDevices) {
                        trips.add(new Trip(neighbourhoods.subList(from, i), minDevices));
                    }
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
    private record OwnPlates(long[] texts, long[] symbols) {
        static OwnPlates of(List<PassageNeighbourhood> neighbourhoods) {
            LongSet own = new LongOpenHashSet();
            for (PassageNeighbourhood neighbourhood : neighbourhoods) {
                for (String text : neighbourhood.listed().ownPlates()) {
                    own.add(CanonicalPlate.fold(CanonicalPlate.pack(text)));
                }
            }
            long[] texts = own.toLongArray();
            long[] symbols = new long[texts.length];
            for (int i = 0; i < texts.length; i++) {
                symbols[i] = TripTexts.symbols(texts[i]);
            }
            return new OwnPlates(texts, symbols);
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

    List<PassageNeighbourhood> neighbourhoods() {
        return neighbourhoods;
    }

    /**
     * A vehicle that was near the listed vehicle repeatedly.
     *
     * @param text packed folded plate
     * @param sharedPassages its passages under this text or, without one, under a text one edit
     *     away, by (time, readId)
     */
    record CompanionCandidate(long text, List<SharedPassage> sharedPassages) {
        int devices() {
            return (int) sharedPassages.stream().map(SharedPassage::device).distinct().count();
        }
    }

    /**
     * The vehicles that were ever near at {@code minDevices} devices, by text. Retracted reads
     * count too.
     */
    List<CompanionCandidate> candidates(int minDevices) {
        List<CompanionCandidate> candidates = new ArrayList<>();
        for (TripTexts.NearbyTexts family : families) {
            CompanionCandidate candidate = candidate(family);
            if (candidate.devices() >= minDevices) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    /** Arrival time of the last fact about its passages and the reads near them, epoch ms. */
    long lastAt() {
        long last = Long.MIN_VALUE;
        for (PassageNeighbourhood neighbourhood : neighbourhoods) {
            last = Math.max(last, neighbourhood.listed().releaseAt());
            for (NearbyRead vehicleRead : neighbourhood.vehicleReads()) {
                last = Math.max(last, vehicleRead.changedAt());
            }
        }
        return last;
    }

    private CompanionCandidate candidate(TripTexts.NearbyTexts family) {
        long text = family.text();
        List<SharedPassage> all = new ArrayList<>();
        for (List<SharedPassage> here : sharedPassages) {
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

    /**
     * A text at more devices is another vehicle's own plate; of two at equally many, the lower
     * packed text is the true one.
     */
    private boolean isMisreadOf(TripTexts.NearbyTexts family, long read) {
        if (!family.near().contains(read)) {
            return false;
        }
        int mine = texts.devicesOf(family.text());
        int others = texts.devicesOf(read);
        return others < mine || (others == mine && family.text() < read);
    }

    /**
     * Counts the vehicles near the passages from {@code from} on whose next passage is before
     * {@code to}, and those still near at that next passage, without the vehicle itself.
     */
    ContinuationCount onward(long text, long from, long to) {
        int near = 0;
        int stayed = 0;
        for (int i = 0; i + 1 < neighbourhoods.size(); i++) {
            // The reads near the last passage may be incomplete when the vehicle's own read is
            // known there.
            if (neighbourhoods.get(i).listed().deviceTime() >= from
                    && neighbourhoods.get(i + 1).listed().deviceTime() < to) {
                LongSet next = validTexts().get(i + 1);
                for (LongIterator here = validTexts().get(i).iterator(); here.hasNext(); ) {
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

    /**
     * @param near number of vehicles near at a passage
     * @param stayed number of them that were near at the next passage too
     */
    record ContinuationCount(int near, int stayed) {}

    private List<LongSet> validTexts() {
        if (validTexts == null) {
            validTexts = new ArrayList<>();
            for (List<SharedPassage> here : sharedPassages) {
                LongSet there = new LongOpenHashSet();
                for (SharedPassage each : here) {
                    if (!each.vehicleRead().isRetracted()) {
                        there.add(each.text());
                    }
                }
                validTexts.add(there);
            }
        }
        return validTexts;
    }

    /** A candidate's passages, by the arrival time from which they could be known. */
    static List<SharedPassage> byKnown(CompanionCandidate candidate) {
        List<SharedPassage> seen = new ArrayList<>(candidate.sharedPassages());
        seen.sort(
                Comparator.comparingLong(SharedPassage::knownSince)
                        .thenComparingLong(each -> each.neighbourhood().listed().deviceTime())
                        .thenComparing(each -> each.vehicleRead().readId()));
        return seen;
    }

    /**
     * The texts near a listed vehicle on one trip, with their devices, and which texts are near
     * each other. Most texts occur once and cost one bit count.
     */
    static final class TripTexts {
        /** A vehicle read at this many devices may have been misread at the others. */
        private static final int OFTEN = 2;

        /** One edit removes at most one symbol and adds at most one. */
        private static final int SYMBOLS_OF_AN_EDIT = 2;

        private final Map<String, Integer> numbers = new HashMap<>();

        /** By text, a bit set of device numbers; a trip has at most 64 passages. */
        private final Long2LongOpenHashMap devices = new Long2LongOpenHashMap();

        /**
         * A repeated text and all texts near it.
         *
         * @param text packed folded plate
         * @param near packed folded plates, including {@code text}
         */
        record NearbyTexts(long text, LongSet near) {}

        void add(SharedPassage seen) {
            int number = numbers.computeIfAbsent(seen.device(), device -> numbers.size());
            devices.put(seen.text(), devices.get(seen.text()) | 1L << number);
        }

        int devicesOf(long text) {
            return Long.bitCount(devices.get(text));
        }

        /**
         * The families of texts at two or more devices that reach {@code minDevices} together with
         * the texts near them, by text.
         */
        List<TripTexts.NearbyTexts> families(int minDevices) {
            if (numbers.size() < minDevices) {
                return List.of();
            }
            long[] texts = devices.keySet().toLongArray();
            long[] symbols = new long[texts.length];
            for (int i = 0; i < texts.length; i++) {
                symbols[i] = symbols(texts[i]);
            }
            List<TripTexts.NearbyTexts> families = new ArrayList<>();
            for (Long2LongMap.Entry each : devices.long2LongEntrySet()) {
                if (Long.bitCount(each.getLongValue()) >= OFTEN) {
                    TripTexts.NearbyTexts family = family(each.getLongKey(), texts, symbols);
                    if (devicesOf(family) >= minDevices) {
                        families.add(family);
                    }
                }
            }
            families.sort((a, b) -> Long.compare(a.text(), b.text()));
            return families;
        }

        private static TripTexts.NearbyTexts family(long text, long[] texts, long[] symbols) {
            LongSet near = new LongOpenHashSet(4);
            long mine = symbols(text);
            for (int i = 0; i < texts.length; i++) {
                if (isNear(text, mine, texts[i], symbols[i])) {
                    near.add(texts[i]);
                }
            }
            return new TripTexts.NearbyTexts(text, near);
        }

        private int devicesOf(TripTexts.NearbyTexts family) {
            long all = 0;
            for (long text : family.near()) {
                all |= devices.get(text);
            }
            return Long.bitCount(all);
        }

        /** The symbols of a packed plate, as a bit set. */
        static long symbols(long packed) {
            byte[] unpacked = new byte[CanonicalPlate.MAX_LENGTH];
            int length = CanonicalPlate.unpack(packed, unpacked);
            long symbols = 0;
            for (int i = 0; i < length; i++) {
                symbols |= 1L << unpacked[i];
            }
            return symbols;
        }

        /**
         * Whether two texts are at most one edit apart. The symbol sets exclude most pairs cheaply.
         */
        static boolean isNear(long one, long itsSymbols, long other, long otherSymbols) {
            return Long.bitCount(itsSymbols ^ otherSymbols) <= SYMBOLS_OF_AN_EDIT
                    && PlateComparison.kind(one, other) != MatchKind.NONE;
        }
    }
}
