package io.atalaya.bridge.webhook;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys of a secret file, each of which signs, by the Standard Webhooks specification: {@code
 * v1} is HMAC-SHA256, {@code v1a} is Ed25519. Messages never show a key.
 */
final class SigningKeys {
    static final int MAX_KEYS = 4;

    private static final int MIN_SECRET_BYTES = 24;
    private static final int MAX_SECRET_BYTES = 64;
    private static final int ED25519_BYTES = 32;

    /** What precedes a raw Ed25519 key in PKCS 8 (RFC 8410). */
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final List<Key> keys;

    private interface Key {
        String sign(byte[] text) throws GeneralSecurityException;
    }

    private SigningKeys(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * Reads the file.
     *
     * @throws IOException if a line is no key
     */
    static SigningKeys read(Path file) throws IOException {
        List<Key> keys = new ArrayList<>();
        int line = 0;
        for (String text : lines(file)) {
            line++;
            if (!text.isBlank()) {
                try {
                    keys.add(key(text.strip()));
                } catch (GeneralSecurityException | IllegalArgumentException e) {
                    throw new IOException(
                            "secretFile: "
                                    + file
                                    + ", line "
                                    + line
                                    + ": expected whsec_ and 24 to 64 bytes, or whsk_ and the 32"
                                    + " bytes of an Ed25519 key, in base64",
                            e);
                }
            }
        }
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IOException(
                    "secretFile: %s: got %d keys, expected 1 to %d"
                            .formatted(file, keys.size(), MAX_KEYS));
        }
        return new SigningKeys(keys);
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IOException(
                    "secretFile: got %s, expected a text file that can be read (%s)"
                            .formatted(file, e),
                    e);
        }
    }

    private static Key key(String text) throws GeneralSecurityException {
        if (text.startsWith("whsec_")) {
            byte[] secret = Base64.getDecoder().decode(text.substring(6));
            if (secret.length < MIN_SECRET_BYTES || secret.length > MAX_SECRET_BYTES) {
                throw new IllegalArgumentException("length");
            }
            return signed -> {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
            };
        }
        if (!text.startsWith("whsk_")) {
            throw new IllegalArgumentException("prefix");
        }
        byte[] raw = Base64.getDecoder().decode(text.substring(5));
        // Others store the public key after the private one.
        if (raw.length != ED25519_BYTES && raw.length != 2 * ED25519_BYTES) {
            throw new IllegalArgumentException("length");
        }
        byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + ED25519_BYTES);
        System.arraycopy(raw, 0, encoded, PKCS8.length, ED25519_BYTES);
        PrivateKey key =
                KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        return signed -> {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(signed);
            return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
        };
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @param id without a dot
     * @param seconds of the attempt
     */
    String sign(String id, long seconds, byte[] body) {
        byte[] prefix = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
        byte[] text = Arrays.copyOf(prefix, prefix.length + body.length);
        System.arraycopy(body, 0, text, prefix.length, body.length);
        return keys.stream()
                .map(
                        key -> {
                            try {
                                return key.sign(text);
                            } catch (GeneralSecurityException e) {
                                throw new IllegalStateException("signing", e);
                            }
                        })
                .collect(Collectors.joining(" "));
    }
}
