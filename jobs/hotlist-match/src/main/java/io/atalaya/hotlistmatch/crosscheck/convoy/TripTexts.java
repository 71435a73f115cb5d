package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts that were read near a listed vehicle on one trip, at which devices, and which of them
 * are near each other. Most are of cars that were there once: they cost a bit count.
 */
final class TripTexts {
    /** A car that turns up at two devices may have been misread at the others. */
    private static final int OFTEN = 2;

    /** One edit takes a symbol away and brings another, at most. */
    private static final int SYMBOLS_OF_AN_EDIT = 2;

    private final Map<String, Integer> numbers = new HashMap<>();

    /** By text, the numbers of its devices as a bit set: no trip has more than 64 arches. */
    private final Long2LongOpenHashMap devices = new Long2LongOpenHashMap();

    /**
     * A text that turns up, and all that are near it.
     *
     * @param text packed folded plate
     * @param near packed folded plates, with its own
     */
    record Family(long text, LongSet near) {}

    void add(SharedPassage seen) {
        int number = numbers.computeIfAbsent(seen.device(), device -> numbers.size());
        devices.put(seen.text(), devices.get(seen.text()) | 1L << number);
    }

    int devicesOf(long text) {
        return Long.bitCount(devices.get(text));
    }

    /** Of each text that is at two devices and, with those near it, at so many; in their order. */
    List<Family> families(int minDevices) {
        if (numbers.size() < minDevices) {
            return List.of();
        }
        long[] texts = devices.keySet().toLongArray();
        long[] symbols = new long[texts.length];
        for (int i = 0; i < texts.length; i++) {
            symbols[i] = symbols(texts[i]);
        }
        List<Family> families = new ArrayList<>();
        for (Long2LongMap.Entry each : devices.long2LongEntrySet()) {
            if (Long.bitCount(each.getLongValue()) >= OFTEN) {
                Family family = family(each.getLongKey(), texts, symbols);
                if (devicesOf(family) >= minDevices) {
                    families.add(family);
                }
            }
        }
        families.sort((a, b) -> Long.compare(a.text(), b.text()));
        return families;
    }

    private static Family family(long text, long[] texts, long[] symbols) {
        LongSet near = new LongOpenHashSet(4);
        long mine = symbols(text);
        for (int i = 0; i < texts.length; i++) {
            if (isNear(text, mine, texts[i], symbols[i])) {
                near.add(texts[i]);
            }
        }
        return new Family(text, near);
    }

    private int devicesOf(Family family) {
        long all = 0;
        for (long text : family.near()) {
            all |= devices.get(text);
        }
        return Long.bitCount(all);
    }

    /** Which symbols a packed plate has, as a bit set. */
    static long symbols(long packed) {
        byte[] unpacked = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(packed, unpacked);
        long symbols = 0;
        for (int i = 0; i < length; i++) {
            symbols |= 1L << unpacked[i];
        }
        return symbols;
    }

    /** Whether two texts are one edit apart or less; most are ruled out by their symbols. */
    static boolean isNear(long one, long itsSymbols, long other, long otherSymbols) {
        return Long.bitCount(itsSymbols ^ otherSymbols) <= SYMBOLS_OF_AN_EDIT
                && PlateComparison.kind(one, other) != MatchKind.NONE;
    }
}
