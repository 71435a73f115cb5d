package io.atalaya.cli.hotlist;

import io.atalaya.hotlist.HotlistEntryJson;
import io.atalaya.json.InvalidRecordException;
import io.atalaya.json.JsonIn;
import io.atalaya.plate.CanonicalPlate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Ids of entries whose file gives none. The same plate of the same case keeps its id from load to
 * load, however its plate is spaced, so a change of anything else is an update and no new entry.
 */
final class EntryId {
    private static final int BYTES = 16;
    private static final int MAX_TEXT = 1 << 16;

    private EntryId() {}

    /** 32 hexadecimal digits; any argument but the origin may be null. */
    static String derive(
            Origin origin, String plate, String pattern, String tagId, String caseNumber) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        String[] parts = {
            origin.agency(), origin.source(), bare(plate), compact(pattern), tagId, caseNumber
        };
        for (String part : parts) {
            // With its length in front, no two lists of parts read the same.
            String text = part == null ? "-" : part.length() + ":" + part;
            digest.update(text.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /** The id of a row that was refused for another field, or null if it cannot be told. */
    static String ofRefused(byte[] row, Origin origin) {
        String entryId = null;
        String plate = null;
        String pattern = null;
        String tagId = null;
        String caseNumber = null;
        try (JsonIn in = JsonIn.object(row, HotlistEntryJson.MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "entryId" -> entryId = in.string(MAX_TEXT);
                    case "plate" -> plate = in.string(MAX_TEXT);
                    case "pattern" -> pattern = in.string(MAX_TEXT);
                    case "tagId" -> tagId = in.string(MAX_TEXT);
                    case "caseNumber" -> caseNumber = in.string(MAX_TEXT);
                    default -> in.skip();
                }
            }
        } catch (InvalidRecordException e) {
            return null;
        }
        return entryId != null ? entryId : derive(origin, plate, pattern, tagId, caseNumber);
    }

    private static String bare(String plate) {
        return plate == null ? null : CanonicalPlate.bare(plate);
    }

    private static String compact(String pattern) {
        return pattern == null ? null : pattern.replaceAll("[-\\s]", "").toUpperCase(Locale.ROOT);
    }
}
