package io.atalaya.contracts.topic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Computes ids from what caused a message, so that a replay after a failure repeats ids instead of
 * inventing messages.
 */
public final class HashId {
    private static final int BYTES = 16;

    private HashId() {}

    /** The first 128 bits of SHA-256 over kind and parts, in hexadecimal. */
    public static String of(String kind, String... parts) {
        MessageDigest digest = Sha256.digest();
        digest.update(kind.getBytes(StandardCharsets.UTF_8));
        for (String part : parts) {
            // A separator that no id can hold makes ("a", "bc") and ("ab", "c") different.
            digest.update((byte) 0);
            digest.update(part.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
