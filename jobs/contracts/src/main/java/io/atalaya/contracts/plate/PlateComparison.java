package io.atalaya.contracts.plate;

/** Compares packed canonical plates. */
public final class PlateComparison {
    /**
     * Below this length only EXACT counts, because nearly any short text is one edit from another.
     */
    public static final int MIN_FUZZY_LENGTH = 5;

    private PlateComparison() {}

    /**
     * How close two canonical plates are.
     *
     * @param read packed canonical form of the read text
     * @param listed packed canonical form of the listed plate
     */
    public static MatchKind kind(long read, long listed) {
        if (read == listed) {
            return MatchKind.EXACT;
        }
        // From the end, so that most pairs differ at once.
        long a = read;
        long b = listed;
        while (a != 0 && b != 0 && isLastSame(a, b)) {
            a /= CanonicalPlate.BASE;
            b /= CanonicalPlate.BASE;
        }
        boolean isConfusable = a == 0 && b == 0;
        boolean isNear =
                isConfusable
                        || isSame(a / CanonicalPlate.BASE, b / CanonicalPlate.BASE)
                        || isSame(a / CanonicalPlate.BASE, b)
                        || isSame(a, b / CanonicalPlate.BASE);
        if (!isNear || length(read, listed) < MIN_FUZZY_LENGTH) {
            return MatchKind.NONE;
        }
        return isConfusable ? MatchKind.CONFUSABLE : MatchKind.FUZZY;
    }

    /** Whether two texts are the same but for look-alikes. */
    private static boolean isSame(long read, long listed) {
        long a = read;
        long b = listed;
        while (a != 0 && b != 0) {
            if (!isLastSame(a, b)) {
                return false;
            }
            a /= CanonicalPlate.BASE;
            b /= CanonicalPlate.BASE;
        }
        return a == b;
    }

    private static boolean isLastSame(long a, long b) {
        return CanonicalPlate.fold((int) (a % CanonicalPlate.BASE))
                == CanonicalPlate.fold((int) (b % CanonicalPlate.BASE));
    }

    private static int length(long a, long b) {
        return Math.min(CanonicalPlate.length(a), CanonicalPlate.length(b));
    }
}
