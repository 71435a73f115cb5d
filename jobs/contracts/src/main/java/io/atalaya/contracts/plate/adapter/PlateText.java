package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.plate.CanonicalPlate;

/** Checks of the text that a vendor gives as a plate, or in place of one. */
public final class PlateText {
    private static final String UNKNOWN = "UNKNOWN";

    /** The bound of the native format on a plate as written. */
    private static final int MAX_RAW = 32;

    private PlateText() {}

    /**
     * Whether the camera states that it read no plate: no text, the word "Unknown", or only marks
     * ({@code ----}). Such a message is valid and gives no read.
     */
    public static boolean isNone(String text) {
        return text == null || UNKNOWN.equalsIgnoreCase(text.strip()) || !hasSymbol(text);
    }

    /** Whether a vendor marks a value as unknown, in any field. */
    public static boolean isUnknown(String text) {
        return text == null || text.isBlank() || UNKNOWN.equalsIgnoreCase(text.strip());
    }

    /** Counts letters of other alphabets as well, although canonical plates have none. */
    private static boolean hasSymbol(String text) {
        return text.chars().anyMatch(Character::isLetterOrDigit);
    }

    /** Whether the text has a canonical form, as every read requires. */
    public static boolean isPlate(String text) {
        return text.length() <= MAX_RAW && CanonicalPlate.isPlate(text);
    }
}
