package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.plate.CanonicalPlate;

/** Edit distance at most 1 over packed plates: one substitution, insertion or deletion. */
public final class OneEdit {
    private OneEdit() {}

    /** Whether two packed plates are equal or one edit apart. */
    public static boolean isWithin(long a, long b) {
        if (a == b) {
            return true;
        }
        byte[] one = new byte[CanonicalPlate.MAX_LENGTH];
        byte[] other = new byte[CanonicalPlate.MAX_LENGTH];
        int n = CanonicalPlate.unpack(a, one);
        int m = CanonicalPlate.unpack(b, other);
        int head = 0;
        while (head < Math.min(n, m) && one[head] == other[head]) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(n, m) - head && one[n - 1 - tail] == other[m - 1 - tail]) {
            tail++;
        }
        return n - head - tail <= 1 && m - head - tail <= 1;
    }
}
