package io.atalaya.console;

import io.atalaya.console.request.Json;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A passkey with its browser: makes one and answers challenges as WebAuthn has it. */
final class Authenticator {
    private static final int PRESENT_AND_VERIFIED = 0x05;
    private static final int WITH_KEY = 0x40;

    private final String origin;
    private final byte[] id;
    private final KeyPair pair;
    private int count;

    Authenticator(String origin) throws GeneralSecurityException {
        this(origin, "a-passkey-of-the-test");
    }

    Authenticator(String origin, String id) throws GeneralSecurityException {
        this.origin = origin;
        this.id = id.getBytes(StandardCharsets.UTF_8);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        pair = generator.generateKeyPair();
    }

    Map<String, Object> create(JsonNode options) throws Exception {
        ByteArrayOutputStream attestation = new ByteArrayOutputStream();
        byte[] data = data(options.path("rp").path("id").asString(), WITH_KEY);
        attestation.write(0xa3);
        attestation.write("\u0063fmt\u0064none\u0067attStmt".getBytes(StandardCharsets.UTF_8));
        attestation.write(0xa0);
        attestation.write("\u0068authData".getBytes(StandardCharsets.UTF_8));
        attestation.write(new byte[] {0x58, (byte) data.length});
        attestation.write(data);
        return credential(
                Map.of(
                        "clientDataJSON",
                        text(client("webauthn.create", options)),
                        "attestationObject",
                        text(attestation.toByteArray()),
                        "transports",
                        List.of("internal")));
    }

    Map<String, Object> get(JsonNode options) throws Exception {
        byte[] data = data(options.path("rpId").asString(), 0);
        byte[] client = client("webauthn.get", options);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(data);
        signature.update(MessageDigest.getInstance("SHA-256").digest(client));
        return credential(
                Map.of(
                        "clientDataJSON",
                        text(client),
                        "authenticatorData",
                        text(data),
                        "signature",
                        text(signature.sign())));
    }

    private Map<String, Object> credential(Map<String, Object> response) {
        return new HashMap<>(
                Map.of(
                        "id",
                        text(id),
                        "rawId",
                        text(id),
                        "type",
                        "public-key",
                        "response",
                        response,
                        "clientExtensionResults",
                        Map.of()));
    }

    private byte[] client(String type, JsonNode options) {
        return Json.text(
                        Map.of(
                                "type",
                                type,
                                "challenge",
                                options.path("challenge").asString(),
                                "origin",
                                origin,
                                "crossOrigin",
                                false))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] data(String host, int more) throws Exception {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(
                MessageDigest.getInstance("SHA-256").digest(host.getBytes(StandardCharsets.UTF_8)));
        data.write(PRESENT_AND_VERIFIED | more);
        data.write(ByteBuffer.allocate(4).putInt(++count).array());
        if (more == WITH_KEY) {
            ECPublicKey key = (ECPublicKey) pair.getPublic();
            data.write(new byte[16]);
            data.write(new byte[] {0, (byte) id.length});
            data.write(id);
            data.write(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20});
            data.write(bytes(key.getW().getAffineX()));
            data.write(new byte[] {0x22, 0x58, 0x20});
            data.write(bytes(key.getW().getAffineY()));
        }
        return data.toByteArray();
    }

    private static byte[] bytes(BigInteger of) {
        byte[] all = of.toByteArray();
        byte[] bytes = new byte[32];
        int length = Math.min(all.length, 32);
        System.arraycopy(all, all.length - length, bytes, 32 - length, length);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
