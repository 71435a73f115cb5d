package io.atalaya.bridge.receiver;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Checks messages as a receiver of Standard Webhooks does. */
public final class WebhookVerifier {
    /** Against messages that someone has recorded and sends again. */
    static final long MAX_AGE_SECONDS = 5 * 60;

    /** What precedes a raw Ed25519 public key in X.509 (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final List<String> keys;

    /**
     * @param file a key a line: {@code whsec_…} of HMAC-SHA256, or the public key {@code whpk_…} of
     *     Ed25519
     */
    public static WebhookVerifier read(Path file) throws IOException {
        List<String> keys =
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
        if (keys.isEmpty() || !keys.stream().allMatch(key -> key.matches("wh(sec|pk)_.+"))) {
            throw new IOException("it has another line, or none");
        }
        return new WebhookVerifier(keys);
    }

    private WebhookVerifier(List<String> keys) {
        this.keys = keys;
    }

    /**
     * What is wrong with a message, or null.
     *
     * @param id header {@code webhook-id}, or null
     * @param timestamp header {@code webhook-timestamp}, or null
     * @param signatures header {@code webhook-signature}, or null
     */
    String fault(String id, String timestamp, String signatures, byte[] body, long now) {
        if (id == null || timestamp == null || signatures == null) {
            return "a webhook header is missing";
        }
        if (!timestamp.matches("[0-9]{1,12}")
                || Math.abs(now / 1000 - Long.parseLong(timestamp)) > MAX_AGE_SECONDS) {
            return "webhook-timestamp is not of now";
        }
        byte[] prefix = (id + "." + timestamp + ".").getBytes(UTF_8);
        byte[] text = Arrays.copyOf(prefix, prefix.length + body.length);
        System.arraycopy(body, 0, text, prefix.length, body.length);
        for (String signature : signatures.split(" ")) {
            for (String key : keys) {
                if (isOf(key, signature, text)) {
                    return null;
                }
            }
        }
        return "no signature is of a known key";
    }

    private static boolean isOf(String key, String signature, byte[] text) {
        try {
            byte[] raw = Base64.getDecoder().decode(key.substring(key.indexOf('_') + 1));
            byte[] given = Base64.getDecoder().decode(signature.replaceFirst("^v1a?,", ""));
            if (key.startsWith("whsec_")) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(raw, "HmacSHA256"));
                return signature.startsWith("v1,")
                        && MessageDigest.isEqual(given, mac.doFinal(text));
            }
            byte[] encoded = Arrays.copyOf(X509, X509.length + raw.length);
            System.arraycopy(raw, 0, encoded, X509.length, raw.length);
            PublicKey publicKey =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded));
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(publicKey);
            check.update(text);
            return signature.startsWith("v1a,") && check.verify(given);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
