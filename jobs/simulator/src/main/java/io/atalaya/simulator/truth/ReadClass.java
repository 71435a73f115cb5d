package io.atalaya.simulator.truth;

import io.atalaya.contracts.plate.CanonicalPlate;

/** Difference between a read and the plate in view. */
public enum ReadClass {
    EXACT("exact"),
    /** Other characters, all in the same look-alike class. */
    LOOK_ALIKE("look-alike"),
    /** One character substituted, inserted or dropped. */
    ONE_EDIT("one-edit"),
    WORSE("worse"),
    /** The plate is that of another vehicle; the tag belongs to the listed one. */
    BY_TAG("by-tag");

    private final String wireName;

    ReadClass(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the ground truth. */
    public String wireName() {
        return wireName;
    }

    /** The class of a read of a plate. */
    public static ReadClass of(String truth, String read) {
        if (truth.equals(read)) {
            return EXACT;
        }
        long a = CanonicalPlate.pack(truth);
        long b = CanonicalPlate.pack(read);
        if (CanonicalPlate.fold(a) == CanonicalPlate.fold(b)) {
            return LOOK_ALIKE;
        }
        return isOneEdit(CanonicalPlate.text(a), CanonicalPlate.text(b)) ? ONE_EDIT : WORSE;
    }

    private static boolean isOneEdit(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 1) {
            return false;
        }
        int head = 0;
        while (head < Math.min(a.length(), b.length()) && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        int skipA = a.length() >= b.length() ? 1 : 0;
        int skipB = b.length() >= a.length() ? 1 : 0;
        return a.substring(Math.min(a.length(), head + skipA))
                .equals(b.substring(Math.min(b.length(), head + skipB)));
    }
}
