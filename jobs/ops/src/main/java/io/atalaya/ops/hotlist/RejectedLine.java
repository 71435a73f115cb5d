package io.atalaya.ops.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.CanonicalPlate;

/**
 * A rejected line of a list file.
 *
 * @param line line number from 1, where the entry begins
 * @param reason field, value and expected value
 * @param meant identification of the entry as far as it is readable; its live version stays in
 *     force. Null if nothing is readable
 */
record RejectedLine(long line, String reason, EntryIdentity meant) {

    /**
     * The identifying fields of an entry; unreadable ones are null, but at least one is set.
     *
     * @param plate in bare letters and digits
     * @param pattern without hyphens and spaces, in capitals
     */
    record EntryIdentity(String entryId, String plate, String pattern, String tagId) {
        private static final int MAX_BYTES = 1 << 20;
        private static final int MAX_TEXT = 1 << 16;
        private static final EntryIdentity NOTHING = new EntryIdentity(null, null, null, null);

        /** Parses a rejected row, if any, up to its fault; null if that gives no identification. */
        static EntryIdentity of(byte[] row) {
            String entryId = null;
            String plate = null;
            String pattern = null;
            String tagId = null;
            try (JsonIn in = JsonIn.object(row, MAX_BYTES)) {
                while (in.nextField()) {
                    switch (in.field()) {
                        case "entryId" -> entryId = in.string(MAX_TEXT);
                        case "plate" -> plate = bare(in.string(MAX_TEXT));
                        case "pattern" -> pattern = EntryId.compact(in.string(MAX_TEXT));
                        case "tagId" -> tagId = in.string(MAX_TEXT);
                        default -> in.skip();
                    }
                }
            } catch (InvalidRecordException e) {
                return orNull(new EntryIdentity(entryId, plate, pattern, tagId));
            }
            return orNull(new EntryIdentity(entryId, plate, pattern, tagId));
        }

        private static String bare(String plate) {
            String bare = CanonicalPlate.bare(plate);
            return bare.isEmpty() ? null : bare;
        }

        private static EntryIdentity orNull(EntryIdentity meant) {
            return meant.equals(NOTHING) ? null : meant;
        }
    }
}
