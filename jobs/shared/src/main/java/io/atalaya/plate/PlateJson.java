package io.atalaya.plate;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.json.JsonIn;

/** A plate as written, inside any message. */
public final class PlateJson {
    /** Plates are written with separators, and vendors add blanks. */
    private static final int MAX_RAW = 32;

    private PlateJson() {}

    /** Reads a text that has a canonical form; the text stays as it came. */
    public static String read(JsonIn in) throws InvalidRecordException {
        String raw = in.anyString(MAX_RAW);
        if (!CanonicalPlate.isPlate(raw)) {
            throw in.invalid(raw, "1 to " + CanonicalPlate.MAX_LENGTH + " letters and digits");
        }
        return raw;
    }
}
