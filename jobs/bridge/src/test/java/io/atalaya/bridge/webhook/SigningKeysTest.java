package io.atalaya.bridge.webhook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SigningKeysTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    /** RFC 8032, test 1: the private key, and the signature of nothing by it. */
    private static final String ED25519 = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

    @TempDir private Path directory;

    private SigningKeys keys(String... lines) throws IOException {
        return SigningKeys.read(Files.writeString(file(), String.join("\n", lines)));
    }

    private Path file() {
        return directory.resolve("secret");
    }

    /** The example of the specification's reference implementations. */
    @Test
    void signsAsTheReferenceDoes() throws IOException {
        assertThat(
                        keys(SECRET)
                                .sign(
                                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                        1614265330,
                                        "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    /** The one that the specification's implementation in Go expects. */
    @Test
    void signsByEd25519AsTheReferenceDoes() throws IOException {
        assertThat(
                        keys("whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=")
                                .sign(
                                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                        1614265330,
                                        "{\"test\": 2432232314}".getBytes(UTF_8)))
                .isEqualTo(
                        "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==");
    }

    @Test
    void everyKeySigns() throws IOException {
        String signatures = keys(SECRET, "", OTHER, ED25519).sign("msg_1", 1, new byte[0]);

        assertThat(signatures).matches("v1,\\S{44} v1,\\S{44} v1a,\\S{88}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa",
                "whsec_not base64",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            })
    void rejectsWhatIsNoKeyWithoutShowingIt(String line) {
        assertThatThrownBy(() -> keys(line))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith("secretFile: " + file())
                .matches(".*(, line 1: expected|: got 0 keys, expected) .*")
                .doesNotContain("MfKQ");
    }

    @Test
    void readsAChangedFileAndKeepsTheKeysIfItIsBroken() throws IOException {
        Files.writeString(file(), SECRET);
        SecretFile secrets = new SecretFile(file());
        String before = secrets.keys().sign("msg_1", 1, new byte[0]);
        change(OTHER, 1);
        String after = secrets.keys().sign("msg_1", 1, new byte[0]);
        change("nothing", 2);

        assertThat(after).isNotEqualTo(before);
        assertThat(secrets.keys().sign("msg_1", 1, new byte[0])).isEqualTo(after);
        change(SECRET, 2);
        assertThat(secrets.keys().sign("msg_1", 1, new byte[0]))
                .as("mended without a new time, as by chmod")
                .isEqualTo(before);
    }

    private void change(String text, long seconds) throws IOException {
        Files.writeString(file(), text);
        Files.setLastModifiedTime(file(), FileTime.fromMillis(seconds * 1000));
    }

    @Test
    void readsRetryAfterAsSecondsOrDate() {
        assertThat(WebhookSender.retryAfter(Optional.of("120"), 0))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(WebhookSender.retryAfter(Optional.of("Thu, 01 Jan 1970 00:01:00 GMT"), 30_000))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(WebhookSender.retryAfter(Optional.of("Thu, 01 Jan 1970 00:01:00 GMT"), 90_000))
                .isZero();
        assertThat(WebhookSender.retryAfter(Optional.of("soon"), 0)).isNull();
        assertThat(WebhookSender.retryAfter(Optional.empty(), 0)).isNull();
    }
}
