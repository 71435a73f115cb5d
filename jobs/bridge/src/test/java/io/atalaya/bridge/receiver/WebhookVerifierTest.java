package io.atalaya.bridge.receiver;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("attack")
class WebhookVerifierTest {
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final long NOW = 1614265330_000L;

    @TempDir private Path directory;
    private WebhookVerifier verifier;

    @BeforeEach
    void read() throws IOException {
        Path file = directory.resolve("secret");
        verifier =
                WebhookVerifier.read(
                        Files.writeString(
                                file,
                                "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD\n"
                                        + "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"));
    }

    private String fault(String id, String timestamp, String signatures, byte[] body, long now) {
        return verifier.fault(id, timestamp, signatures, body, now);
    }

    @Test
    void acceptsWhatTheReferenceSigned() {
        assertThat(fault(ID, "1614265330", SIGNATURE, BODY, NOW)).isNull();
        assertThat(fault(ID, "1614265330", "v1,AAAA v1a,?? " + SIGNATURE, BODY, NOW + 300_000))
                .isNull();
    }

    /** By the public key that belongs to the reference's private one. */
    @Test
    void acceptsWhatTheReferenceSignedByEd25519() throws IOException {
        String signature =
                "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==";
        verifier =
                WebhookVerifier.read(
                        Files.writeString(
                                directory.resolve("public"),
                                "whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g="));
        assertThat(fault(ID, "1614265330", signature, BODY, NOW)).isNull();
        assertThat(fault(ID, "1614265330", signature.replace("v1a", "v1"), BODY, NOW))
                .contains("no signature");
        assertThat(fault("msg_2", "1614265330", signature, BODY, NOW)).contains("no signature");
    }

    @Test
    void rejectsEverythingElse() {
        assertThat(fault(null, "1614265330", SIGNATURE, BODY, NOW)).contains("missing");
        assertThat(fault(ID, "1614265330", SIGNATURE, BODY, NOW + 301_000)).contains("timestamp");
        assertThat(fault(ID, "x", SIGNATURE, BODY, NOW)).contains("timestamp");
        assertThat(fault(ID, "1614265331", SIGNATURE, BODY, NOW)).contains("no signature");
        assertThat(fault("msg_2", "1614265330", SIGNATURE, BODY, NOW)).contains("no signature");
        assertThat(fault(ID, "1614265330", SIGNATURE, new byte[0], NOW)).contains("no signature");
        assertThat(fault(ID, "1614265330", SIGNATURE.substring(3), BODY, NOW))
                .contains("no signature");
    }

    @Test
    void readsKeysOnly() throws IOException {
        Path file = Files.writeString(directory.resolve("other"), "whsk_AAAA");
        assertThatThrownBy(() -> WebhookVerifier.read(file)).hasMessageContaining("another line");
    }
}
