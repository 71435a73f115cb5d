package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditHeads;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.notary.chain.Verifier.Fault;
import io.atalaya.notary.chain.Verifier.Finding;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the audit holds about messages, how heads are signed, and how messages are compared. */
@Tag("attack")
public class EnvelopesTest {
    private static final String RESPONSE =
            "{\"responseId\":\"R\",\"incidentId\":\"I\",\"revision\":7,\"operator\":\"perez\",%s"
                    + "\"site\":\"TOLUCA\",\"time\":9,\"action\":{\"type\":\"NOTE\","
                    + "\"text\":\"secreto\"}}";

    private static final String DELIVERY =
            "{\"deliveryId\":\"D\",\"destination\":\"cad\",\"incidentId\":\"I\",\"revision\":7,"
                    + "\"result\":\"REJECTED\",\"reason\":\"secreto\",\"time\":9}";

    private static final String ANNOUNCEMENT =
            "{\"announcementId\":\"A\",\"deviceId\":\"SPK-7\",\"revision\":7,\"purpose\":\"PLAY\","
                    + "\"incidentId\":\"I\",\"type\":\"t\",\"priority\":1,\"text\":\"secreto\","
                    + "\"expiresAt\":9}";

    private static final String NATIONAL =
            "{\"messageId\":\"M\",\"agency\":\"c5.cdmx.example\",\"incidentId\":\"I\",\"revision\":7,"
                    + "\"purpose\":\"RETRACTION\",\"jws\":\"a.b.c\"}";

    private static final String DECISION =
            "{\"decisionId\":\"C\",\"eventId\":\"device:BTN/E\",\"time\":9,\"deviceId\":\"BTN\",\"kind\":\"SUPPRESSED\","
                    + "\"reason\":\"test-mode\",\"policyVersion\":\"1\"}";

    private static final String LOOK_UP =
            "{\"lookUpId\":\"L\",\"time\":9,\"kind\":\"export\",\"operator\":\"perez\",\"roles\":[],"
                    + "\"site\":\"TOLUCA\",\"position\":\"T-3\",\"purpose\":\"secreto\","
                    + "\"recordHash\":\"%s\"}".formatted("ab".repeat(32));

    @TempDir private Path directory;

    @Test
    void hasIdsRecipientAndPurposeAndNothingPersonal() {
        Envelope response =
                Envelopes.of(
                        record(
                                Topics.DISPATCH_RESPONSES,
                                RESPONSE.formatted("\"position\":\"T-3\",")));
        assertThat(text(response))
                .isEqualTo(
                        "{\"id\":\"R\",\"incidentId\":\"I\",\"offset\":5,\"partition\":1,"
                                + "\"purpose\":\"NOTE\",\"revision\":7,\"sha256\":\""
                                + response.sha256()
                                + "\",\"time\":8,\"topic\":\"dispatch-responses\","
                                + "\"who\":\"TOLUCA/T-3\"}");
        Envelope delivery = Envelopes.of(record(Topics.DELIVERIES, DELIVERY));
        assertThat(text(delivery))
                .contains("\"REJECTED\"", "\"who\":\"cad\"", "\"D\"")
                .doesNotContain("secreto");
        Envelope announcement = Envelopes.of(record(Topics.ANNOUNCEMENTS, ANNOUNCEMENT));
        assertThat(text(announcement))
                .contains("\"PLAY\"", "\"who\":\"SPK-7\"", "\"incidentId\":\"I\"")
                .doesNotContain("secreto");
        Envelope receipt =
                Envelopes.of(
                        record(
                                Topics.DELIVERIES,
                                DELIVERY.replace(
                                        "\"revision\"", "\"deviceId\":\"S\",\"revision\"")));
        assertThat(text(receipt)).contains("\"who\":\"cad/S\"");
        Envelope national = Envelopes.of(record(Topics.NATIONAL_EXCHANGE, NATIONAL));
        assertThat(text(national))
                .contains("\"id\":\"M\"", "\"RETRACTION\"", "\"who\":\"c5.cdmx.example\"")
                .doesNotContain("a.b.c");
        Envelope decision = Envelopes.of(record(Topics.DECISIONS, DECISION));
        assertThat(text(decision))
                .contains("\"purpose\":\"SUPPRESSED\",\"reason\":\"test-mode\"")
                .contains("\"who\":\"device\"")
                .doesNotContain("incidentId", "BTN");
        assertThat(Verifier.key(decision)).isEqualTo("decisions-1-5");
        assertThat(text(Envelopes.of(record(Topics.LOOK_UPS, LOOK_UP))))
                .contains("\"id\":\"L\"", "\"purpose\":\"export\"", "\"who\":\"TOLUCA/T-3\"")
                .doesNotContain("perez", "secreto");
    }

    /** The hash is the one that {@code sha256sum} prints. */
    @ParameterizedTest
    @CsvSource({
        "dispatch-toluca, {}, 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "deliveries, , e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    })
    void whatCannotBeReadIsAudited(String topic, String value, String sha256) {
        Envelope envelope = Envelopes.of(record(topic, value));

        assertThat(envelope.purpose()).isEqualTo(Envelopes.UNREADABLE);
        assertThat(Envelopes.isReadable(envelope)).isFalse();
        assertThat(envelope.sha256()).isEqualTo(sha256);
        RawRecord late =
                new RawRecord(topic, 1, 5, Long.MAX_VALUE, null, new byte[] {'{'}, List.of());
        assertThat(Envelopes.of(late).time()).isEqualTo(253_402_300_799_999L);
    }

    @Test
    void messagesThatDifferFromTheAuditAreFound() {
        RawRecord sent = record(Topics.DELIVERIES, DELIVERY);
        Chain chain = new Chain();

        SentMessages whole = new SentMessages(Map.of("decisions-1", 6L));
        whole.addAudited(2, chain.add(Envelopes.of(sent)));
        whole.addAudited(2, chain.add(Envelopes.of(record(Topics.DECISIONS, DECISION))));
        whole.addSent(sent, true);
        whole.addSent(record(Topics.DISPATCH_RESPONSES, RESPONSE), false);
        assertThat(whole.findings(Map.of("deliveries-1", 0L))).isEmpty();
        assertThat(whole.pending()).isOne();

        // The notary has come to a later one of the partition, or it is read again with it.
        RawRecord passed = new RawRecord(Topics.DELIVERIES, 1, 4, 8, null, sent.value(), List.of());
        SentMessages behind = new SentMessages(Map.of());
        behind.addLater(2, chain.add(Envelopes.of(sent)));
        behind.addSent(passed, false);
        behind.addSent(sent, false);
        assertThat(behind.findings(Map.of())).isEmpty();
        assertThat(behind.oldestPending()).isEqualTo(8);
        SentMessages missing = new SentMessages(Map.of());
        missing.addAudited(2, chain.add(Envelopes.of(sent)));
        missing.addSent(passed, false);
        missing.addSent(sent, false);
        assertThat(missing.findings(Map.of()))
                .extracting(Finding::fault)
                .containsExactly(Fault.MISSING);

        SentMessages changed = new SentMessages(Map.of());
        changed.addAudited(2, chain.add(Envelopes.of(sent)));
        changed.addAudited(2, chain.add(Envelopes.of(record(Topics.DECISIONS, DECISION))));
        changed.addSent(record(Topics.DELIVERIES, DELIVERY.replace("secreto", "otro")), true);
        changed.addSent(record(Topics.DISPATCH_RESPONSES, RESPONSE), true);
        changed.addAudited(0, chain.add(Envelopes.of(record(Topics.DECISIONS, DECISION))));
        assertThat(changed.findings(Map.of("decisions-1", 0L)))
                .extracting(Finding::fault)
                .containsExactly(Fault.CHANGED, Fault.MISSING, Fault.DUPLICATED, Fault.INSERTED);
        assertThat(changed.findings(Map.of("decisions-1", 6L))).hasSize(3);
    }

    @Test
    void signaturesAreThoseOfTheKeyFiles() throws Exception {
        KeyPair keys = keys();
        Path secret = pem(directory, "PRIVATE KEY", keys.getPrivate().getEncoded());
        Path open = pem(directory, "PUBLIC KEY", keys.getPublic().getEncoded());
        PublicKey key = HeadKeys.publicKey(open);
        AuditHeads heads =
                new AuditHeads(
                        List.of(new AuditHeads.Head("ab".repeat(32), 7, 0)), "notary", null, 9);
        AuditHeads signed = HeadKeys.sign(heads, HeadKeys.privateKey(secret));

        assertThat(HeadKeys.isSigned(AuditHeads.CODEC.read(AuditHeads.CODEC.write(signed)), key))
                .isTrue();
        assertThat(HeadKeys.isSigned(heads, key)).isFalse();
        assertThat(HeadKeys.isSigned(signed, keys().getPublic())).isFalse();
        assertThat(
                        HeadKeys.isSigned(
                                new AuditHeads(signed.heads(), "other", signed.signature(), 9),
                                key))
                .isFalse();
        assertThatThrownBy(() -> HeadKeys.publicKey(directory.resolve("other")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("there is no ");
        assertThatThrownBy(() -> HeadKeys.privateKey(open))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("expected a private Ed25519 key in PEM");
    }

    static KeyPair keys() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /** A key in the form that {@code openssl} writes. */
    public static Path pem(Path directory, String kind, byte[] key) throws IOException {
        return Files.writeString(
                directory.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(kind, Base64.getMimeEncoder().encodeToString(key), kind));
    }

    private static String text(Envelope envelope) {
        return new String(Envelope.CODEC.write(envelope), UTF_8);
    }

    private static RawRecord record(String topic, String value) {
        return new RawRecord(
                topic,
                1,
                5,
                8,
                "I".getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                List.of());
    }
}
