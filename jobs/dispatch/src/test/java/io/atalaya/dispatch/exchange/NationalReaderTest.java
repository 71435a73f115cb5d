package io.atalaya.dispatch.exchange;

import io.atalaya.contracts.dispatch.NationalInbound;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.evidence.Outcome;
import io.atalaya.dispatch.exchange.NationalReader.Listing;
import io.atalaya.dispatch.exchange.NationalReader.Result;
import io.atalaya.dispatch.jws.SignedMessage.Claims;
import io.atalaya.dispatch.policy.Policy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is believed of other agencies. */
@Tag("attack")
class NationalReaderTest {
    private static final long NOW = 1_783_684_800_000L;
    private static final long DAY = 86_400_000L;
    private static final OtherAgency ONE = new OtherAgency("c5.one");
    private static final OtherAgency TWO = new OtherAgency("c5.two");

    private static final Policy POLICY =
            TestPolicy.with(
                    "exchange",
                    null,
                    ONE.policy()
                            + TWO.policy()
                                    .lines()
                                    .skip(3)
                                    .map(line -> line + "\n")
                                    .reduce("", String::concat));

    private static final String INCIDENT =
            "{\"type\":\"INCIDENT\",\"incidentId\":\"I\",\"revision\":%d,\"kind\":\"robo\",\"status\":\"%s\","
                    + "\"openedAt\":1783684000000,\"updatedAt\":1783684000000,\"priority\":70,\"plate\":\"NKR-48-16\","
                    + "\"place\":{\"latitude\":19.29,\"longitude\":-99.65,\"radiusMetres\":500},\"headline\":{\"es\":\"visto\"}}";

    private static final String ENTRY =
            "{\"type\":\"HOTLIST\",\"entries\":[{\"entryId\":\"E\",\"plate\":\"NKR4816\",\"reason\":\"STOLEN_VEHICLE\","
                    + "\"caseNumber\":\"C-1\",\"priority\":90%s}]}";

    private static final String WITHDRAWAL = "{\"type\":\"HOTLIST\",\"withdrawn\":[\"E\"]}";
    private static final String RETRACTION =
            "{\"type\":\"RETRACTION\",\"incidentId\":\"I\",\"revision\":%d}";

    private final NationalReader reader = new NationalReader(POLICY);
    private final Map<String, AgencyLog> logs = new HashMap<>();

    /** The sample was signed by another program; see docs/national-exchange.md. */
    @Test
    void theDocumentedSampleAndPolicyAreValid() throws Exception {
        Path docs = Path.of("../../docs");
        Path sample = docs.resolve("samples/national-exchange.json");
        NationalMessage message = NationalMessage.CODEC.read(Files.readAllBytes(sample));
        String jwk = Files.readString(docs.resolve("samples/national-exchange.jwk"));
        String page = Files.readString(docs.resolve("national-exchange.md"));
        String policy = page.substring(page.indexOf("   agency: "));
        policy = policy.substring(0, policy.indexOf("   ```"));
        Policy documented = TestPolicy.with("exchange", null, policy.stripIndent());
        assertThat(documented.exchange().isSharing()).isTrue();
        Policy theirs =
                TestPolicy.with(
                        "exchange",
                        null,
                        ONE.policy()
                                .replace("c5.us", message.agency())
                                .replace("c5.one", "c5.edomex.example")
                                .replace("robo:", "stolen-vehicle:")
                                .replaceAll("keys: .*", "keys: [" + jwk.strip() + "]"));
        TopicRecord record =
                new TopicRecord(
                        Topics.NATIONAL_INBOUND,
                        NOW,
                        "c5.edomex.example",
                        Files.readAllBytes(sample));

        AgencyLog log = new AgencyLog();
        Result result = new NationalReader(theirs).read(raw(record), agency -> log);
        Evidence evidence = ((Outcome.Accepted) result.outcomes().get(0)).evidence();
        assertThat(evidence.eventId()).endsWith("/" + message.incidentId());
        assertThat(evidence.revision()).isEqualTo(message.revision());
        assertThat(log.state().messages()).containsOnlyKeys(message.messageId());
    }

    private static RawRecord raw(TopicRecord record) {
        return new RawRecord(
                record.topic(),
                0,
                1,
                record.timestamp(),
                record.key() == null ? null : record.key().getBytes(UTF_8),
                record.value(),
                List.of());
    }

    private Result read(TopicRecord record) throws InvalidRecordException {
        return reader.read(
                raw(record), agency -> logs.computeIfAbsent(agency, any -> new AgencyLog()));
    }

    private Evidence evidence(TopicRecord record) throws InvalidRecordException {
        assertThat(read(record).outcomes()).hasSize(1);
        return ((Outcome.Accepted)
                        reader.read(raw(record), any -> new AgencyLog()).outcomes().get(0))
                .evidence();
    }

    private InvalidRecordException rejected(TopicRecord record) {
        Map<String, AgencyState> before = states();
        InvalidRecordException rejected =
                catchThrowableOfType(InvalidRecordException.class, () -> read(record));
        assertThat(rejected).as("nothing was wrong").isNotNull();
        assertThat(states()).isEqualTo(before);
        return rejected;
    }

    private Map<String, AgencyState> states() {
        Map<String, AgencyState> states = new HashMap<>();
        logs.forEach(
                (agency, log) -> {
                    if (!log.isEmpty()) {
                        states.put(agency, log.state());
                    }
                });
        return states;
    }

    @Test
    void anIncidentIsEvidence() throws Exception {
        Evidence evidence = evidence(ONE.record("M-1", INCIDENT.formatted(7, "OPEN"), NOW));

        assertThat(evidence.eventId()).isEqualTo("national:c5.one/I");
        assertThat(evidence.event().kind()).isEqualTo("stolen-vehicle");
        assertThat(evidence.event().keys()).containsExactly("plate:NKR4816");
        assertThat(evidence.event().restriction()).isNull();
        assertThat(evidence.revision()).isEqualTo(7);
        assertThat(evidence.summary().es())
                .isEqualTo("Vehículo robado: NKR-48-16, informa c5.one: visto");
        assertThat(evidence.summary().en())
                .isEqualTo("Stolen vehicle: NKR-48-16, reported by c5.one");
        // Of its own sender alone.
        assertThat(read(TWO.record("M-1", RETRACTION.formatted(8), NOW)).outcomes())
                .containsExactly(new Outcome.Retracted("national:c5.two/I", 8));
        assertThat(read(ONE.record("M-2", INCIDENT.formatted(7, "OPEN"), NOW)).outcomes())
                .isEmpty();
        assertThat(read(ONE.record("M-3", RETRACTION.formatted(8), NOW)).outcomes())
                .containsExactly(new Outcome.Retracted("national:c5.one/I", 8));
        assertThat(read(ONE.record("M-4", INCIDENT.formatted(8, "OPEN"), NOW)).outcomes())
                .isEmpty();
    }

    /** What it retracts may be in effect although nothing is known of its message any more. */
    @Test
    void aRetractionReachesHoweverLateItComes() throws Exception {
        read(ONE.record("M-1", INCIDENT.formatted(7, "OPEN"), NOW));
        read(ONE.record("M-2", INCIDENT.formatted(8, "OPEN"), NOW + 20 * DAY));
        assertThat(read(ONE.record("M-3", RETRACTION.formatted(9), NOW + 40 * DAY)).outcomes())
                .containsExactly(new Outcome.Retracted("national:c5.one/I", 9));
        assertThat(logs.get("c5.one").state().reports()).hasSize(1);
        assertThat(logs.get("c5.one").state().messages()).hasSize(1);
    }

    @Test
    void whatIsCancelledOrNotDispatchedIsWithdrawn() throws Exception {
        assertThat(
                        evidence(ONE.record("M-1", INCIDENT.formatted(7, "CANCELLED"), NOW))
                                .event()
                                .isCancelled())
                .isTrue();
        Outcome joke =
                read(ONE.record(
                                "M-2",
                                INCIDENT.formatted(8, "OPEN").replace("robo\"", "broma\""),
                                NOW))
                        .outcomes()
                        .get(0);
        assertThat(((Outcome.Suppressed) joke).withdrawn().event().isCancelled()).isTrue();
    }

    @Test
    void entriesAreListedUnderTheNameOfTheirAgency() throws Exception {
        String limited = ENTRY.formatted(",\"covert\":true,\"validUntil\":" + (NOW + 400 * DAY));
        Listing listing = read(ONE.record("M-1", limited, NOW)).listings().get(0);
        HotlistEntry entry = listing.entry();

        assertThat(listing.entryId()).isEqualTo("national/c5.one/E").isEqualTo(entry.entryId());
        assertThat(entry.agency()).isEqualTo("c5.one");
        assertThat(entry.source()).isEqualTo("national");
        assertThat(entry.priority()).isEqualTo(70);
        assertThat(entry.validUntil()).isEqualTo(NOW + 30 * DAY);
        assertThat(entry.covert()).isTrue();
        assertThat(entry.notified()).containsExactly("chief");
        assertThat(read(TWO.record("M-1", WITHDRAWAL, NOW)).listings())
                .containsExactly(new Listing("national/c5.two/E", null));
        assertThat(read(ONE.record("M-2", WITHDRAWAL, NOW)).listings())
                .containsExactly(new Listing("national/c5.one/E", null));
        String shorter = ENTRY.formatted(",\"source\":\"robados\",\"validUntil\":" + (NOW + DAY));
        entry = read(ONE.record("M-3", shorter, NOW)).listings().get(0).entry();
        assertThat(entry.validUntil()).isEqualTo(NOW + DAY);
        assertThat(entry.source()).isEqualTo("robados");
        assertThat(entry.notified()).isEmpty();
        String longId = ENTRY.formatted("").replace("\"E\"", "\"" + "x".repeat(128) + "\"");
        assertThat(read(ONE.record("M-4", longId, NOW)).listings().get(0).entryId())
                .matches("national/c5\\.one/[0-9a-f]{32}");
    }

    @Test
    void aLateMessageDoesNotBringBackWhatWasWithdrawn() throws Exception {
        TopicRecord late = ONE.record("M-1", ENTRY.formatted(""), NOW);
        read(ONE.record("M-2", WITHDRAWAL, NOW + 5_000));
        TopicRecord arrived = new TopicRecord(late.topic(), NOW + 9_000, late.key(), late.value());
        assertThat(read(arrived).listings()).isEmpty();
        assertThat(read(ONE.record("M-3", ENTRY.formatted(""), NOW + 10_000)).listings())
                .hasSize(1);
    }

    /** A content that only the wrong claims keep from being used. */
    @ParameterizedTest
    @CsvSource({
        "c5.one, c5.us, 0, c5.two, key",
        "c5.one, c5.us, 0, , key",
        "c5.none, c5.us, 0, c5.none, jws.iss",
        "c5.two, c5.us, 0, c5.two, jws.kid",
        "c5.one, c5.two, 0, c5.one, jws.aud",
        "c5.one, c5.us, 61, c5.one, jws.iat",
        "c5.one, c5.us, -86401, c5.one, jws.iat",
    })
    void rejectsWhatIsNotForUsNowByItsSender(
            String issuer, String audience, long seconds, String key, String field) {
        Claims claims = new Claims(issuer, audience, NOW / 1000 + seconds, "M-1");
        TopicRecord record =
                new TopicRecord(
                        Topics.NATIONAL_INBOUND,
                        NOW,
                        key,
                        value(ONE.sign(claims, INCIDENT.formatted(7, "OPEN"))));

        assertThat(rejected(record).field()).isEqualTo(field);
    }

    private static byte[] value(String jws) {
        return NationalInbound.CODEC.write(new NationalInbound(jws));
    }

    @Test
    void rejectsAnotherSignatureAndRepetitions() throws Exception {
        TopicRecord record = ONE.record("M-1", INCIDENT.formatted(7, "OPEN"), NOW);
        String jws = NationalInbound.CODEC.read(record.value()).jws();
        String other =
                NationalInbound.CODEC
                        .read(ONE.record("M-1", INCIDENT.formatted(8, "OPEN"), NOW).value())
                        .jws();
        String mixed =
                jws.substring(0, jws.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        assertThat(rejected(new TopicRecord(record.topic(), NOW, record.key(), value(mixed))))
                .hasMessageStartingWith("jws: got a wrong signature");
        read(record);
        assertThat(rejected(record)).hasMessageStartingWith("jws.jti: got \"M-1\"");
        // Much later it is too old, whatever is forgotten.
        for (long hours = 1; hours < 100; hours++) {
            TopicRecord again =
                    new TopicRecord(
                            record.topic(), NOW + hours * 3_600_000, record.key(), record.value());
            assertThat(rejected(again).field()).isEqualTo(hours <= 24 ? "jws.jti" : "jws.iat");
            read(ONE.record("H-" + hours, WITHDRAWAL, NOW + hours * 3_600_000));
        }
        assertThat(logs.get("c5.one").state().messages()).hasSizeLessThan(52);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"robo\"|\"fraude\"|payload.kind",
                "\"priority\":70|\"priority\":170|payload.priority",
                "\"INCIDENT\"|\"ORDER\"|payload.type",
            })
    void rejectsIncidentsThatItIsNotTrustedWith(String part, String instead, String field) {
        String content = INCIDENT.formatted(7, "OPEN").replace(part, instead);
        assertThat(rejected(ONE.record("M-1", content, NOW)).field()).isEqualTo(field);
    }

    /** One wrong entry, and none is listed. */
    @Test
    void rejectsEntriesThatItIsNotTrustedWith() {
        String good = ENTRY.formatted("");
        for (String[] change :
                new String[][] {
                    {"STOLEN_VEHICLE", "WANTED_PERSON", "reason"},
                    {"\"priority\":90", "\"validFrom\":" + (NOW + 31 * DAY), "validFrom"},
                    {"\"plate\":\"NKR4816\",", "", "plate"},
                    {"\"C-1\"", "\" \"", "caseNumber"},
                }) {
            String bad = good.replace(change[0], change[1]);
            String both =
                    good.replace(
                            "}]}",
                            "}," + bad.substring(bad.indexOf('[') + 1).replace("\"E\"", "\"F\""));
            assertThat(rejected(ONE.record("M-1", both, NOW)).field())
                    .isEqualTo("payload.entries[1]." + change[2]);
        }
        Policy noCovert =
                TestPolicy.with(
                        "exchange", null, ONE.policy().replace("      notify: [chief]\n", ""));
        InvalidRecordException covert =
                catchThrowableOfType(
                        InvalidRecordException.class,
                        () ->
                                new NationalReader(noCovert)
                                        .read(
                                                raw(
                                                        ONE.record(
                                                                "M-1",
                                                                ENTRY.formatted(",\"covert\":true"),
                                                                NOW)),
                                                agency -> new AgencyLog()));
        assertThat(covert.field()).isEqualTo("payload.entries[0].covert");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "{\"jws\":\"a.b\"}", "{\"jws\":\"....\"}", "[]", "{\"jws\":7}"})
    void rejectsWhatIsNoMessage(String json) {
        TopicRecord record =
                new TopicRecord(Topics.NATIONAL_INBOUND, NOW, "c5.one", json.getBytes(UTF_8));
        assertThat(rejected(record)).hasMessageContaining("expected");
        assertThat(rejected(new TopicRecord(record.topic(), NOW, "c5.one", null)).field())
                .isEqualTo("value");
    }
}
