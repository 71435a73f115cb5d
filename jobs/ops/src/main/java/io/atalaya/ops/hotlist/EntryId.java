package io.atalaya.ops.hotlist;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.Sha256;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Derives the ids of entries without one. The same plate and case give the same id in every load,
 * whatever the spacing of the plate, so any other change is an update instead of a new entry.
 */
final class EntryId {
    private static final int BYTES = 16;

    private EntryId() {}

    /** 32 hexadecimal digits; every argument except the origin may be null. */
    static String derive(
            Origin origin, String plate, String pattern, String tagId, String caseNumber) {
        MessageDigest digest = Sha256.digest();
        String[] parts = {
            origin.agency(), origin.source(), bare(plate), compact(pattern), tagId, caseNumber
        };
        for (String part : parts) {
            // The length prefix makes the concatenation of the parts unambiguous.
            String text = part == null ? "-" : part.length() + ":" + part;
            digest.update(text.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static String bare(String plate) {
        return plate == null ? null : CanonicalPlate.bare(plate);
    }

    /** A pattern as ids have it, however it is spelt; null for none. */
    static String compact(String pattern) {
        return pattern == null ? null : pattern.replaceAll("[-\\s]", "").toUpperCase(Locale.ROOT);
    }
}
