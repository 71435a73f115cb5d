package io.atalaya.contracts.plate;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

/** The codec of a plate as written, inside any message. */
public final class PlateCodec {
    /** More than the letters and digits, because plates have separators and vendors add blanks. */
    public static final int MAX_RAW = 32;

    /** The definition of a plate for error messages. */
    public static final String EXPECTED =
            "1 to " + CanonicalPlate.MAX_LENGTH + " letters and digits";

    private PlateCodec() {}

    /** Reads a text that has a canonical form, and returns it unchanged. */
    public static String read(JsonIn in) throws InvalidRecordException {
        return plate(in, in.anyString(MAX_RAW));
    }

    /** Like {@link #read}, with null for an empty text. */
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
