package io.atalaya.dispatch;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.NationalContent;
import io.atalaya.contracts.dispatch.NationalContent.Retraction;
import io.atalaya.contracts.dispatch.NationalContent.SharedIncident;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.exchange.OtherAgency;
import io.atalaya.dispatch.jws.JwsKey;
import io.atalaya.dispatch.jws.JwsKeyTest;
import io.atalaya.dispatch.jws.SignedMessage;
import io.atalaya.flink.options.InvalidSettingsException;
import io.atalaya.testutils.Backend;

import com.nimbusds.jose.jwk.ECKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The exchange with another agency, through the whole job. */
class ExchangeOperatorTest {
    private static final long START = DispatchRun.START;
    private static final OtherAgency OTHER = new OtherAgency("c5.one");
    private static final ECKey OURS = JwsKeyTest.jwk("us-2026");

    @TempDir private Path directory;
    private Map<String, String> options;

    @BeforeEach
    void writePolicyAndKey() throws IOException {
        Path policy = Files.createDirectory(directory.resolve("policy"));
        try (Stream<Path> files = Files.list(DispatchScenario.POLICY)) {
            for (Path file : files.toList()) {
                Files.copy(file, policy.resolve(file.getFileName()));
            }
        }
        Files.writeString(policy.resolve("exchange.yaml"), OTHER.policy());
        options =
                Map.of(
                        "policy.directory",
                        policy.toString(),
                        "exchange.key-file",
                        JwsKeyTest.file(directory, OURS).toString());
    }

    /** What was sent, each with a signature of ours. */
    private static List<NationalContent> sent(DispatchRun run) throws Exception {
        List<NationalContent> contents = new ArrayList<>();
        JwsKey key = JwsKey.publicKey("us-2026", OURS.getX().toString(), OURS.getY().toString());
        for (NationalMessage message : run.read(Topics.NATIONAL_EXCHANGE, NationalMessage.CODEC)) {
            SignedMessage signed = SignedMessage.parse(message.jws());
            assertThat(key.hasSigned(signed)).isTrue();
            assertThat(signed.claims().issuer()).isIn(OtherAgency.US, "c5.edomex.example");
            assertThat(signed.claims().audience()).isEqualTo("c5.one").isEqualTo(message.agency());
            assertThat(signed.claims().id()).isEqualTo(message.messageId());
            contents.add(NationalContent.CODEC.read(signed.payload()));
        }
        return contents;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void sharesUpdatesAndRetracts(int restartEvery) throws Exception {
        try (DispatchRun run = new DispatchRun(options, Backend.HEAP, restartEvery)) {
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.call("C-1", "30101", START + 1_000));
            Incident incident = run.read(Topics.INCIDENTS, Incident.CODEC).get(0);
            run.feed(
                    DispatchScenario.response(
                            "R-1",
                            incident.incidentId(),
                            incident.revision(),
                            "{\"type\":\"ACCEPT\"}",
                            START + 9_000));
            run.feed(
                    DispatchScenario.policy(
                            "NEXT",
                            "storms",
                            "longestMute: 8 h",
                            "longestMute: 4 h",
                            START + 10_000));

            List<NationalContent> sent = sent(run);
            assertThat(sent.get(0))
                    .isInstanceOfSatisfying(
                            SharedIncident.class,
                            shared -> {
                                assertThat(shared.incidentId()).isEqualTo(incident.incidentId());
                                assertThat(shared.place().radiusMetres()).isEqualTo(2_000);
                                assertThat(shared.headline()).isNull();
                            });
            assertThat(((SharedIncident) sent.get(sent.size() - 2)).status())
                    .isEqualTo(Incident.Status.ACCEPTED);
            // The shipped policy, which shares nothing.
            assertThat(sent).last().isInstanceOf(Retraction.class);
            assertThat(run.letters).isEmpty();
        }
    }

    /** A restart looks at the policy again, because the settings can have changed. */
    @Test
    void saysNothingTwiceAfterARestart() throws Exception {
        try (DispatchRun run = new DispatchRun(options, Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.call("C-1", "30101", START + 1_000));
            int before = run.written.get(Topics.NATIONAL_EXCHANGE).size();
            run.checkpoint();
            run.restart(START + 60_000);
            run.wait(START + 61_000, START + 65_000);

            assertThat(run.written.get(Topics.NATIONAL_EXCHANGE)).hasSize(before).isNotEmpty();
        }
    }

    @Test
    void usesWhatIsSignedAndRejectsTheRest() throws Exception {
        String incident =
                "{\"type\":\"INCIDENT\",\"incidentId\":\"I\",\"revision\":1,\"kind\":\"robo\",\"status\":\"OPEN\","
                        + "\"openedAt\":%d,\"updatedAt\":1,\"priority\":70,\"plate\":\"NKR-48-16\"}";
        String entries =
                "{\"type\":\"HOTLIST\",\"entries\":[{\"entryId\":\"E\",\"plate\":\"NKR4816\",\"reason\":\"STOLEN_VEHICLE\","
                        + "\"caseNumber\":\"C-1\"}],\"withdrawn\":[\"OLD\"]}";
        try (DispatchRun run = new DispatchRun(options, Backend.HEAP, 4)) {
            run.feed(DispatchScenario.before(START));
            run.feed(OTHER.record("M-1", incident.formatted(START), START + 1_000));
            run.feed(OTHER.record("M-2", entries, START + 2_000));
            run.feed(OTHER.record("M-2", entries, START + 3_000));
            run.feed(
                    OTHER.record(
                            "M-3",
                            "{\"type\":\"RETRACTION\",\"incidentId\":\"I\",\"revision\":2}",
                            START + 4_000));

            assertThat(run.read(Topics.INCIDENTS, Incident.CODEC))
                    .satisfies(
                            all -> {
                                assertThat(all.get(0).type()).isEqualTo("stolen-vehicle");
                                assertThat(all.get(0).events().get(0).topic())
                                        .isEqualTo(Topics.NATIONAL_INBOUND);
                                assertThat(all.get(all.size() - 1).status())
                                        .isEqualTo(Incident.Status.CANCELLED);
                            });
            List<RawRecord> listed = run.written.get(Topics.HOTLIST);
            assertThat(listed)
                    .extracting(each -> new String(each.key(), UTF_8))
                    .containsExactly("national/c5.one/E", "national/c5.one/OLD");
            assertThat(HotlistEntryCodec.read(listed.get(0).value()).agency()).isEqualTo("c5.one");
            assertThat(listed.get(1).value()).isNull();
            assertThat(run.letters).extracting(DeadLetter::field).containsExactly("jws.jti");
            // What it reported is not sent back to it.
            assertThat(run.written.get(Topics.NATIONAL_EXCHANGE)).isEmpty();
        }
    }

    @Test
    void needsAKeyToShareAnything() throws Exception {
        String policy = options.get("policy.directory");
        assertThatThrownBy(() -> new DispatchRun(policy, Backend.HEAP, 0))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(
                        "exchange.key-file: got nothing, expected a file, because exchange.yaml shares");
        assertThatThrownBy(
                        () ->
                                new DispatchRun(
                                        Map.of("exchange.key-file", "/none.jwk"), Backend.HEAP, 0))
                .hasMessageContaining("exchange.key-file: there is no /none.jwk");
        try (DispatchRun run = new DispatchRun("", Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(
                    DispatchScenario.policy(
                            "NEXT",
                            "exchange",
                            "agencies: []",
                            "agencies: [{name: c5.one, share: [{kinds: [crash], fromPriority: 0, fields: []}]}]",
                            START + 1_000));

            PolicyAnswer answer = run.read(Topics.POLICY_ANSWERS, PolicyAnswer.CODEC).get(0);
            assertThat(answer.faults().get(0)).contains("exchange.key-file");
        }
    }
}
