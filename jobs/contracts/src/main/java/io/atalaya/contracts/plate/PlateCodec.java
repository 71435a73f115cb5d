package io.atalaya.contracts.plate;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

/** A plate as written, inside any message. */
public final class PlateCodec {
    /** Plates are written with separators, and vendors add blanks. */
    public static final int MAX_RAW = 32;

    /** What a plate is, in the words of a refusal. */
    public static final String EXPECTED =
            "1 to " + CanonicalPlate.MAX_LENGTH + " letters and digits";

    private PlateCodec() {}

    /** Reads a text that has a canonical form; the text stays as it came. */
    public static String read(JsonIn in) throws InvalidRecordException {
        return plate(in, in.anyString(MAX_RAW));
    }

    /** The same where there may be no plate: null for a text of no characters. */
    static String readUnlessEmpty(JsonIn in) throws InvalidRecordException {
        String raw = in.anyString(MAX_RAW);
        return raw.isEmpty() ? null : plate(in, raw);
    }

    private static String plate(JsonIn in, String raw) throws InvalidRecordException {
        if (!CanonicalPlate.isPlate(raw)) {
            throw in.invalid(raw, EXPECTED);
        }
        return raw;
    }
}
