package io.atalaya.contracts.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes alert ids from what caused the alert (type, subject, first evidence), so that a replay
 * after a failure repeats ids instead of inventing alerts.
 */
public final class AlertId {
    private static final int BYTES = 16;

    private AlertId() {}

    /** The first 128 bits of SHA-256 over type and parts, in hexadecimal. */
    public static String of(AlertType type, String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(type.wireName().getBytes(StandardCharsets.UTF_8));
            for (String part : parts) {
                // A separator that no id can hold makes ("a", "bc") and ("ab", "c") different.
                digest.update((byte) 0);
                digest.update(part.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
