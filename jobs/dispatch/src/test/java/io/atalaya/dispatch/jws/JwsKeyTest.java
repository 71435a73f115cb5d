package io.atalaya.dispatch.jws;

import io.atalaya.dispatch.jws.SignedMessage.Claims;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.util.Base64;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

public class JwsKeyTest {
    private static final Claims CLAIMS = new Claims("c5.one", "c5.two", 1_783_684_800L, "M-1");
    private static final byte[] PAYLOAD = "{\"type\":\"RETRACTION\"}".getBytes(UTF_8);

    @TempDir private Path directory;

    /** A new key. */
    public static ECKey jwk(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its file. */
    public static Path file(Path directory, ECKey jwk) throws IOException {
        return Files.writeString(directory.resolve(jwk.getKeyID() + ".jwk"), jwk.toJSONString());
    }

    private static boolean isAccepted(String text, JwsKey key) {
        try {
            return key.hasSigned(SignedMessage.parse(text));
        } catch (InvalidMessageException e) {
            return false;
        }
    }

    @Test
    void everyChangedCharacterIsRejected() throws Exception {
        ECKey jwk = jwk("k-1");
        JwsKey secret = JwsKey.privateKey(file(directory, jwk));
        JwsKey open = JwsKey.publicKey("k-1", jwk.getX().toString(), jwk.getY().toString());
        String jws = secret.sign(CLAIMS, PAYLOAD);

        SignedMessage read = SignedMessage.parse(jws);
        assertThat(open.hasSigned(read)).isTrue();
        assertThat(read.claims()).isEqualTo(CLAIMS);
        assertThat(read.kid()).isEqualTo("k-1");
        assertThat(read.payload()).isEqualTo(PAYLOAD);
        for (int i = 0; i < jws.length(); i++) {
            for (char c : new char[] {'A', 'B', '_', '=', '.', '+', ' ', 'é'}) {
                String changed = jws.substring(0, i) + c + jws.substring(i + 1);
                assertThat(isAccepted(changed, open) && !changed.equals(jws))
                        .as("%d %s", i, c)
                        .isFalse();
            }
            assertThat(isAccepted(jws.substring(0, i) + jws.substring(i + 1), open))
                    .as("without %d", i)
                    .isFalse();
        }
        // The last character has bits that no byte needs.
        String last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        assertThat(
                        last.chars()
                                .filter(
                                        c ->
                                                isAccepted(
                                                        jws.substring(0, jws.length() - 1)
                                                                + (char) c,
                                                        open)))
                .hasSize(1);
        ECKey other = jwk("k-1");
        String x = other.getX().toString();
        assertThat(isAccepted(jws, JwsKey.publicKey("k-1", x, other.getY().toString()))).isFalse();
        assertThatThrownBy(() -> JwsKey.publicKey("k-1", x, jwk.getY().toString()))
                .hasMessage("no point of curve P-256");
    }

    /** By the JDK alone, as RFC 7515 says. */
    @Test
    void anybodyCanVerifyIt() throws Exception {
        ECKey jwk = jwk("k-1");
        String[] parts = JwsKey.privateKey(file(directory, jwk)).sign(CLAIMS, PAYLOAD).split("\\.");

        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(jwk.toECPublicKey());
        signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8))
                .contains("\"alg\":\"ES256\"", "\"iss\":\"c5.one\"", "\"jti\":\"M-1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"alg\":\"none\"}|compact serialization",
                "{\"alg\":\"HS256\",\"kid\":\"k-1\"}|alg ES256",
                "{\"alg\":\"ES256\",\"iss\":\"a\",\"aud\":\"b\",\"iat\":1,\"jti\":\"c\"}|kid",
                "{\"alg\":\"ES256\",\"kid\":\"k\",\"iss\":7,\"aud\":\"b\",\"iat\":1,\"jti\":\"c\"}|iss",
                "{\"alg\":\"ES256\",\"kid\":\"k\",\"iss\":\"a\",\"aud\":[\"b\"],\"iat\":1,\"jti\":\"c\"}|aud",
                "{\"alg\":\"ES256\",\"kid\":\"k\",\"iss\":\"a\",\"aud\":\"b\",\"iat\":\"1\",\"jti\":\"c\"}|iat",
                "{\"alg\":\"ES256\",\"kid\":\"k\",\"iss\":\"a\",\"aud\":\"b\",\"iat\":1,\"jti\":\" \"}|jti",
                "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false,\"kid\":\"k\",\"iss\":\"a\",\"aud\":\"b\",\"iat\":1,\"jti\":\"c\"}|crit",
                "[]|compact serialization",
                "{\"alg\":|compact serialization",
            })
    void rejectsOtherHeaders(String header, String expected) {
        String jws = base64(header) + "." + base64("{}") + "." + base64("0".repeat(64));
        assertThatThrownBy(() -> SignedMessage.parse(jws))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessageContaining(expected);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void aWrongKeyFileIsNotQuoted() throws Exception {
        ECKey jwk = jwk("k-1");
        String other = jwk("k-1").getD().toString();
        String text = jwk.toJSONString();
        for (String wrong :
                new String[] {
                    jwk.toPublicJWK().toJSONString(),
                    text.replace("\"kid\":\"k-1\",", "").replace(",\"kid\":\"k-1\"", ""),
                    text.replace("P-256", "P-384"),
                    text.replace(jwk.getD().toString(), other),
                    text.substring(1),
                    ""
                }) {
            Path file = Files.writeString(directory.resolve("wrong.jwk"), wrong);
            assertThatThrownBy(() -> JwsKey.privateKey(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("wrong.jwk: expected ")
                    .hasMessageNotContaining(jwk.getD().toString())
                    .hasMessageNotContaining(other)
                    .hasNoCause();
        }
        assertThatThrownBy(() -> JwsKey.privateKey(directory.resolve("none")))
                .hasMessageStartingWith("there is no ");
    }
}
