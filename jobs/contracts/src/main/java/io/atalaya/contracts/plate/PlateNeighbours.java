package io.atalaya.contracts.plate;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/** Enumerates the texts one edit away from a folded plate, over the folded alphabet. */
public final class PlateNeighbours {
    private static final byte[] ALPHABET = foldedAlphabet();

    private PlateNeighbours() {}

    private static byte[] foldedAlphabet() {
        byte[] all = new byte[CanonicalPlate.BASE];
        int size = 0;
        for (int symbol = 1; symbol < CanonicalPlate.BASE; symbol++) {
            String text = CanonicalPlate.text(symbol);
            if (CanonicalPlate.fold(CanonicalPlate.pack(text)) == symbol) {
                all[size++] = (byte) symbol;
            }
        }
        return Arrays.copyOf(all, size);
    }

    /**
     * Passes the plate itself and every text one substitution, insertion or deletion away, some
     * more than once: about 420 texts for seven characters.
     *
     * @param folded packed folded form
     */
    public static void forEach(long folded, LongConsumer consumer) {
        consumer.accept(folded);
        int length = CanonicalPlate.length(folded);
        long scale = 1;
        for (int fromEnd = 0; fromEnd < length; fromEnd++, scale *= CanonicalPlate.BASE) {
            long low = folded % scale;
            long symbol = folded / scale % CanonicalPlate.BASE;
            long high = folded / scale / CanonicalPlate.BASE;
            if (length > 1) {
                consumer.accept(high * scale + low);
            }
            for (byte other : ALPHABET) {
                if (other != symbol) {
                    consumer.accept((high * CanonicalPlate.BASE + other) * scale + low);
                }
            }
            insert(folded, scale, length, consumer);
        }
        insert(folded, scale, length, consumer);
    }

    /**
     * Passes the text itself, and then the texts with one character deleted, the last one first.
     */
    public static void forEachDeletion(long folded, LongConsumer consumer) {
        consumer.accept(folded);
        long low = 0;
        long scale = 1;
        for (long rest = folded; rest != 0; scale *= CanonicalPlate.BASE) {
            long high = rest / CanonicalPlate.BASE;
            consumer.accept(high * scale + low);
            low += (rest - high * CanonicalPlate.BASE) * scale;
            rest = high;
        }
    }

    /**
     * Whether the predicate holds for a text that differs from a folded one at a given character:
     * the text lacks it, or has another in its place.
     *
     * @param folded packed folded form
     * @param fromEnd position of the character, counted from the end, from 1
     */
    public static boolean anyAt(long folded, int fromEnd, LongPredicate holds) {
        long scale = scale(fromEnd);
        long low = folded % scale;
        long symbol = folded / scale % CanonicalPlate.BASE;
        long high = folded / scale / CanonicalPlate.BASE;
        if (holds.test(high * scale + low)) {
            return true;
        }
        for (byte other : ALPHABET) {
            if (other != symbol && holds.test((high * CanonicalPlate.BASE + other) * scale + low)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A folded text with another character at a position.
     *
     * @param fromEnd position of the character, counted from the end, from 1
     * @param symbol canonical
     */
    public static long replaced(long folded, int fromEnd, int symbol) {
        long scale = scale(fromEnd);
        return folded
                + (CanonicalPlate.fold(symbol) - folded / scale % CanonicalPlate.BASE) * scale;
    }

    /**
     * A folded text without a character.
     *
     * @param fromEnd position of the character, counted from the end, from 1
     */
    public static long without(long folded, int fromEnd) {
        long scale = scale(fromEnd);
        return folded / scale / CanonicalPlate.BASE * scale + folded % scale;
    }

    private static long scale(int fromEnd) {
        long scale = 1;
        for (int i = 1; i < fromEnd; i++) {
            scale *= CanonicalPlate.BASE;
        }
        return scale;
    }

    /**
     * The texts of {@link #forEachDeletion} that two folded texts share, as a bit set over those of
     * the first: bit 0 is the text itself, bit {@code k} the text without its {@code k}-th
     * character from the end. 0 means that they are more than one edit apart.
     */
    public static int sharedDeletions(long folded, long other) {
        LongSet others = new LongOpenHashSet();
        forEachDeletion(other, others::add);
        LongList own = new LongArrayList();
        forEachDeletion(folded, own::add);
        int shared = 0;
        for (int k = 0; k < own.size(); k++) {
            shared |= others.contains(own.getLong(k)) ? 1 << k : 0;
        }
        return shared;
    }

    private static void insert(long folded, long scale, int length, LongConsumer consumer) {
        if (length == CanonicalPlate.MAX_LENGTH) {
            return;
        }
        long low = folded % scale;
        long high = folded / scale;
        for (byte symbol : ALPHABET) {
            consumer.accept((high * CanonicalPlate.BASE + symbol) * scale + low);
        }
    }
}
