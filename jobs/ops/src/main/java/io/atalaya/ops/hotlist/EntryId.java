package io.atalaya.ops.hotlist;

import io.atalaya.contracts.plate.CanonicalPlate;

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

    private static String bare(String plate) {
        return plate == null ? null : CanonicalPlate.bare(plate);
    }

    private static String compact(String pattern) {
        return pattern == null ? null : pattern.replaceAll("[-\\s]", "").toUpperCase(Locale.ROOT);
    }
}
