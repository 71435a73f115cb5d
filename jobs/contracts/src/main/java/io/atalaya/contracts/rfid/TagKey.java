package io.atalaya.contracts.rfid;

import io.atalaya.contracts.topic.Sha256;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * A tag's id as a key beside packed plates: plates are never negative, tags always are. Two tags
 * may share a key by chance, so users of the key compare the ids, but for tags of one device within
 * seconds.
 */
public final class TagKey {
    /** Kept, because it takes as long to make one as to hash an id. */
    private static final ThreadLocal<MessageDigest> DIGEST =
            ThreadLocal.withInitial(Sha256::digest);

    private TagKey() {}

    /** The key of a tag: 63 bits of SHA-256 of its canonical id. */
    public static long of(String tagId) {
        byte[] digest = DIGEST.get().digest(canonical(tagId).getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong() | Long.MIN_VALUE;
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
