package io.atalaya.contracts.plate;

/** Compares packed canonical plates. It allocates only two scratch buffers per thread. */
public final class PlateComparison {
    /**
     * Below this length only EXACT counts, because nearly any short text is one edit from another.
     */
    public static final int MIN_FUZZY_LENGTH = 5;

    private static final ThreadLocal<byte[][]> SCRATCH =
            ThreadLocal.withInitial(() -> new byte[2][CanonicalPlate.MAX_LENGTH]);

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
        byte[][] scratch = SCRATCH.get();
        byte[] a = scratch[0];
        byte[] b = scratch[1];
        int aLength = CanonicalPlate.unpack(read, a);
        int bLength = CanonicalPlate.unpack(listed, b);
        if (Math.min(aLength, bLength) < MIN_FUZZY_LENGTH || Math.abs(aLength - bLength) > 1) {
            return MatchKind.NONE;
        }
        int common = Math.min(aLength, bLength);
        int head = 0;
        while (head < common && isSame(a[head], b[head])) {
            head++;
        }
        if (head == aLength && head == bLength) {
            return MatchKind.CONFUSABLE;
        }
        int tail = 0;
        while (tail < common - head && isSame(a[aLength - 1 - tail], b[bLength - 1 - tail])) {
            tail++;
        }
        int longest = Math.max(aLength, bLength);
        return head + tail >= longest - 1 ? MatchKind.FUZZY : MatchKind.NONE;
    }

    private static boolean isSame(byte a, byte b) {
        return CanonicalPlate.fold(a) == CanonicalPlate.fold(b);
    }
}
