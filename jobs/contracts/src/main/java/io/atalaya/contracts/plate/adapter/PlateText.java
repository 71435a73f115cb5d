package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.plate.CanonicalPlate;

/** The text that a vendor gives for a plate, or for none. */
public final class PlateText {
    private static final String UNKNOWN = "UNKNOWN";

    /** As the native format bounds a plate as written. */
    private static final int MAX_RAW = 32;

    private PlateText() {}

    /**
     * Whether the camera says that it read no plate: no text, the word "Unknown", or only marks
     * ({@code ----}). Such a message is no fault, and no read.
     */
    public static boolean isNone(String text) {
        return text == null || UNKNOWN.equalsIgnoreCase(text.strip()) || !hasSymbol(text);
    }

    /** A vendor's word for what it does not know, in any field. */
    public static boolean isUnknown(String text) {
        return text == null || text.isBlank() || UNKNOWN.equalsIgnoreCase(text.strip());
    }

    /** Letters of other alphabets are read as well, though no canonical plate has them. */
    private static boolean hasSymbol(String text) {
        return text.chars().anyMatch(Character::isLetterOrDigit);
    }

    /** Whether the text has a canonical form, as every read's must. */
    public static boolean isPlate(String text) {
        return text.length() <= MAX_RAW && CanonicalPlate.isPlate(text);
    }
}
