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
 * The texts near a listed vehicle on one trip, with their devices, and which texts are near each
 * other. Most texts occur once and cost one bit count.
 */
final class TripTexts {
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
    record Family(long text, LongSet near) {}

    void add(SharedPassage seen) {
        int number = numbers.computeIfAbsent(seen.device(), device -> numbers.size());
        devices.put(seen.text(), devices.get(seen.text()) | 1L << number);
    }

    int devicesOf(long text) {
        return Long.bitCount(devices.get(text));
    }

    /**
     * The families of texts at two or more devices that reach {@code minDevices} together with the
     * texts near them, by text.
     */
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

    /** Whether two texts are at most one edit apart. The symbol sets exclude most pairs cheaply. */
    static boolean isNear(long one, long itsSymbols, long other, long otherSymbols) {
        return Long.bitCount(itsSymbols ^ otherSymbols) <= SYMBOLS_OF_AN_EDIT
                && PlateComparison.kind(one, other) != MatchKind.NONE;
    }
}
