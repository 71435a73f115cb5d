package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.rfid.TagKey;

import java.util.function.LongConsumer;

/**
 * Cuts folded plates into bucket keys such that any single edit leaves one part unchanged: first
 * three and last four characters of a plate of seven or more, three and three of six, two and three
 * of five. Shorter plates are only compared for equality and have one bucket each.
 *
 * <p>A read is also compared with listed plates that are one character shorter or longer, so it may
 * have to probe the keys of all three cuts. Where the position of the difference is known, so is
 * the unchanged part. With 1 M national entries a passed read probes two buckets on average,
 * because it is near one or two entries by chance and some plates have six characters; a bucket
 * holds about 65 plates.
 */
public final class BucketKeys {
    /** An entry may differ from the text by an edit of any of its characters. */
    public static final int EVERYWHERE = -1;

    /** An entry may be equal to the text, or longer by a character. */
    public static final int EQUAL = 1;

    private static final int KINDS = 8;
    private static final int FIRST_3 = 0;
    private static final int FIRST_2 = 1;
    private static final int LAST_4 = 2;
    private static final int LAST_3 = 3;
    private static final int WHOLE = 4;

    private static final int LONG_CUT = 7;
    private static final int MIDDLE_CUT = 6;
    private static final int BASE_3 = 37 * 37 * 37;
    private static final int BASE_4 = BASE_3 * 37;

    private BucketKeys() {}

    /**
     * The buckets that hold a listed plate or tag.
     *
     * @param key packed canonical plate, or a tag's key, which is its own bucket
     */
    public static void ofListed(long key, LongConsumer keys) {
        if (TagKey.isTag(key)) {
            keys.accept(key);
            return;
        }
        long folded = CanonicalPlate.fold(key);
        int length = CanonicalPlate.length(folded);
        if (length < PlateComparison.MIN_FUZZY_LENGTH) {
            keys.accept(key(WHOLE, folded));
        } else {
            keys.accept(length < MIDDLE_CUT ? first2(folded, length) : first3(folded, length));
            keys.accept(length < LONG_CUT ? last3(folded) : last4(folded));
        }
    }

    /**
     * The buckets in which a read may match an entry.
     *
     * @param folded packed folded text, or a tag's key
     */
    public static void ofRead(long folded, LongConsumer keys) {
        ofRead(folded, EVERYWHERE, keys);
    }

    /**
     * The buckets in which a read may match an entry that shares some of its variants.
     *
     * @param folded packed folded text, or a tag's key
     * @param near bit set of the variants: bit 0 the text itself, bit {@code k} the text without
     *     its {@code k}-th character from the end
     */
    public static void ofRead(long folded, int near, LongConsumer keys) {
        if (TagKey.isTag(folded)) {
            keys.accept(folded);
            return;
        }
        int length = CanonicalPlate.length(folded);
        if (length < PlateComparison.MIN_FUZZY_LENGTH) {
            keys.accept(key(WHOLE, folded));
            return;
        }
        // By the position of the difference: the first two characters, the third, those behind, or
        // equal (then the entry may be longer by a character at any position).
        boolean whole = (near & EQUAL) != 0;
        boolean behind = (near & bits(1, length - 3)) != 0;
        boolean third = (near & bits(length - 2, length - 2)) != 0;
        boolean before = (near & bits(length - 1, length)) != 0;
        if (whole || behind && length >= MIDDLE_CUT) {
            keys.accept(first3(folded, length));
        }
        if (length >= MIDDLE_CUT && (whole || (before || third) && length >= LONG_CUT)) {
            keys.accept(last4(folded));
        }
        if (length <= LONG_CUT && (before || third || whole && length < MIDDLE_CUT)) {
            keys.accept(last3(folded));
        }
        if (length <= MIDDLE_CUT && (behind || third)) {
            keys.accept(first2(folded, length));
        }
    }

    /**
     * The variants without one of the characters {@code from} to {@code to}, counted from the end.
     */
    private static int bits(int from, int to) {
        return (1 << to + 1) - (1 << from);
    }

    private static long first3(long folded, int length) {
        return key(FIRST_3, head(folded, length, 3));
    }

    private static long first2(long folded, int length) {
        return key(FIRST_2, head(folded, length, 2));
    }

    private static long last4(long folded) {
        return key(LAST_4, folded % BASE_4);
    }

    private static long last3(long folded) {
        return key(LAST_3, folded % BASE_3);
    }

    private static long head(long folded, int length, int keep) {
        long head = folded;
        for (int i = length; i > keep; i--) {
            head /= 37;
        }
        return head;
    }

    private static long key(int kind, long part) {
        return part * KINDS + kind;
    }
}
