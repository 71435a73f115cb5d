package io.atalaya.dispatch.jws;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;

import java.text.ParseException;
import java.util.Base64;

/**
 * A message by RFC 7515, before its signature is verified.
 *
 * @param kid the sender's name of the key
 */
public record SignedMessage(JWSObject jws, String kid, Claims claims) {
    static final String ISSUER = "iss";
    static final String AUDIENCE = "aud";
    static final String ISSUED_AT = "iat";
    static final String ID = "jti";

    private static final int PARTS = 3;
    private static final int MAX_TEXT = 128;

    /**
     * What the protected header says.
     *
     * @param issuer agency that signed
     * @param audience agency that it is for
     * @param issuedAt epoch seconds
     * @param id unique for the issuer
     */
    public record Claims(String issuer, String audience, long issuedAt, String id) {}

    /** Reads the compact serialization. */
    public static SignedMessage parse(String text) throws InvalidMessageException {
        try {
            String[] parts = text.split("\\.", -1);
            if (parts.length != PARTS) {
                throw new InvalidMessageException("a compact serialization of three parts");
            }
            for (String part : parts) {
                base64Url(part);
            }
            JWSObject jws = JWSObject.parse(text);
            JWSHeader header = jws.getHeader();
            if (!header.getAlgorithm().equals(JWSAlgorithm.ES256)) {
                throw new InvalidMessageException("alg ES256");
            }
            if (header.getCriticalParams() != null) {
                throw new InvalidMessageException("a header without crit");
            }
            return new SignedMessage(
                    jws,
                    required("kid", header.getKeyID()),
                    new Claims(
                            text(header, ISSUER),
                            text(header, AUDIENCE),
                            number(header, ISSUED_AT),
                            text(header, ID)));
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidMessageException("a compact serialization with a JSON header");
        }
    }

    /**
     * Reads base64url in the one form that its bytes have. The library also reads others, so that a
     * message could be changed without its signature.
     *
     * @throws IllegalArgumentException if it is in another form
     */
    static Base64URL base64Url(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("not the canonical form");
        }
        return new Base64URL(text);
    }

    public byte[] payload() {
        return jws.getPayload().toBytes();
    }

    private static String text(JWSHeader header, String name) throws InvalidMessageException {
        return required(name, header.getCustomParam(name) instanceof String value ? value : null);
    }

    private static long number(JWSHeader header, String name) throws InvalidMessageException {
        if (header.getCustomParam(name) instanceof Number value) {
            return value.longValue();
        }
        throw new InvalidMessageException("a header with the number " + name);
    }

    private static String required(String name, String value) throws InvalidMessageException {
        if (value == null || value.isBlank() || value.length() > MAX_TEXT) {
            throw new InvalidMessageException(
                    "a header with a text " + name + " of at most " + MAX_TEXT + " characters");
        }
        return value;
    }
}
