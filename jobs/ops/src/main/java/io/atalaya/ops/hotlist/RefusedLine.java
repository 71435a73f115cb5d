package io.atalaya.ops.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.CanonicalPlate;

/**
 * A line of a list file that is not loaded.
 *
 * @param line from 1, where the entry begins
 * @param reason field, value and what was expected
 * @param meant what the line is about, as far as it tells; its live version stays in force. Null if
 *     nobody can tell
 */
record RefusedLine(long line, String reason, Meant meant) {

    /**
     * What names an entry; whatever the line does not tell is null, but not all of it.
     *
     * @param plate in bare letters and digits
     */
    record Meant(String entryId, String plate, String pattern, String tagId) {
        private static final int MAX_BYTES = 1 << 20;
        private static final int MAX_TEXT = 1 << 16;
        private static final Meant NOTHING = new Meant(null, null, null, null);

        /** Reads a row that was refused, up to where it is broken; null if that tells nothing. */
        static Meant of(byte[] row) {
            String entryId = null;
            String plate = null;
            String pattern = null;
            String tagId = null;
            try (JsonIn in = JsonIn.object(row, MAX_BYTES)) {
                while (in.nextField()) {
                    switch (in.field()) {
                        case "entryId" -> entryId = in.string(MAX_TEXT);
                        case "plate" -> plate = bare(in.string(MAX_TEXT));
                        case "pattern" -> pattern = in.string(MAX_TEXT);
                        case "tagId" -> tagId = in.string(MAX_TEXT);
                        default -> in.skip();
                    }
                }
            } catch (InvalidRecordException e) {
                return orNull(new Meant(entryId, plate, pattern, tagId));
            }
            return orNull(new Meant(entryId, plate, pattern, tagId));
        }

        private static String bare(String plate) {
            String bare = CanonicalPlate.bare(plate);
            return bare.isEmpty() ? null : bare;
        }

        private static Meant orNull(Meant meant) {
            return meant.equals(NOTHING) ? null : meant;
        }
    }
}
