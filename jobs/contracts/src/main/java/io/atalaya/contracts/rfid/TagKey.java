package io.atalaya.contracts.rfid;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * A tag's id as a key beside packed plates: plates are never negative, tags always are. Two tags
 * may share a key by chance, so users of the key compare the ids.
 */
public final class TagKey {
    private TagKey() {}

    /** The key of a tag: 63 bits of SHA-256 of its canonical id. */
    public static long of(String tagId) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(canonical(tagId).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() | Long.MIN_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a routing key is a tag's. */
    public static boolean isTag(long key) {
        return key < 0;
    }

    /** Whether two ids name one tag, because readers differ in case and blanks. */
    public static boolean isSame(String one, String other) {
        return canonical(one).equals(canonical(other));
    }

    private static String canonical(String tagId) {
        return tagId.strip().toUpperCase(Locale.ROOT);
    }
}
