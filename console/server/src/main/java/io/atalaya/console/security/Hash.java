package io.atalaya.console.security;

import io.atalaya.contracts.topic.Sha256;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Hashes and secrets. */
public final class Hash {
    private static final int SECRET_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Hash() {}

    /** SHA-256 of the text in UTF-8, in hexadecimal digits. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 in hexadecimal digits. */
    public static String of(byte[] bytes) {
        return Sha256.hex(bytes);
    }

    /** A text that no one can guess, for links. */
    public static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
