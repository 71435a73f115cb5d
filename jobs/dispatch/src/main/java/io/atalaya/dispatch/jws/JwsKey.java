package io.atalaya.dispatch.jws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;

/**
 * A key of ES256, as a JWK. ES256, because the JDK has it: for Ed25519 the library needs another
 * one.
 */
public final class JwsKey {
    private static final String EXPECTED = "expected a private JWK of curve P-256 with kid";

    private final ECKey key;

    private JwsKey(ECKey key) {
        this.key = key;
    }

    /**
     * A public key.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static JwsKey publicKey(String kid, String x, String y) {
        try {
            return new JwsKey(
                    new ECKey.Builder(
                                    Curve.P_256,
                                    SignedMessage.base64Url(x),
                                    SignedMessage.base64Url(y))
                            .keyID(kid)
                            .build());
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new IllegalArgumentException("no point of curve P-256", e);
        }
    }

    /** The private key of a file. Messages never show it. */
    public static JwsKey privateKey(Path file) throws IOException {
        try {
            ECKey key = ECKey.parse(Files.readString(file));
            if (!key.isPrivate() || !key.getCurve().equals(Curve.P_256) || key.getKeyID() == null) {
                throw new IOException(file + ": " + EXPECTED);
            }
            JwsKey read = new JwsKey(key);
            SignedMessage probe =
                    SignedMessage.parse(
                            read.sign(
                                    new SignedMessage.Claims("any", "any", 0, "any"), new byte[1]));
            if (!read.hasSigned(probe)) {
                throw new IOException(file + ": expected x and y of the private key d");
            }
            return read;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no " + file, e);
        } catch (ParseException | IllegalStateException | InvalidMessageException e) {
            // Without the cause, which can quote the file.
            throw new IOException(file + ": " + EXPECTED);
        }
    }

    public String kid() {
        return key.getKeyID();
    }

    /** A message in the compact serialization. */
    public String sign(SignedMessage.Claims claims, byte[] payload) {
        JWSObject message =
                new JWSObject(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID(kid())
                                .customParam(SignedMessage.ISSUER, claims.issuer())
                                .customParam(SignedMessage.AUDIENCE, claims.audience())
                                .customParam(SignedMessage.ISSUED_AT, claims.issuedAt())
                                .customParam(SignedMessage.ID, claims.id())
                                .build(),
                        new Payload(payload));
        try {
            message.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("signing with key " + kid(), e);
        }
        return message.serialize();
    }

    /** Whether the signature is of this key. */
    public boolean hasSigned(SignedMessage message) {
        try {
            return message.jws().verify(new ECDSAVerifier(key.toPublicJWK()));
        } catch (JOSEException e) {
            return false;
        }
    }
}
