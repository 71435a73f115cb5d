package io.atalaya.lab.replay;

import io.atalaya.contracts.audit.AuditHeads;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.topic.Sha256;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.notary.chain.HeadKeys;
import io.atalaya.notary.chain.Verifier;
import io.atalaya.simulator.recording.Recording;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests the replay itself with a stand-in job whose output is known in advance. */
@Execution(ExecutionMode.CONCURRENT)
class ReplayKafkaIT {
    private static final int ENTRIES = 3_000;

    @TempDir private Path directory;

    private final StringWriter said = new StringWriter();

    @Test
    void feedsWhatWasKnownBeforeTheFirstReadAndDrainsWhatTheJobHoldsBack() throws Exception {
        record("hotlist", Stream.concat(entries(0, ENTRIES, 1_000), entries(ENTRIES, 1, 9_000)));
        record(
                "plate-reads",
                Stream.of(
                        "{\"timestamp\":5000,\"key\":\"ARCH-1\",\"value\":\"not { JSON\"}",
                        "{\"timestamp\":8000,\"key\":\"ARCH-2\",\"value\":{\"plate\": \"ABC1234\"}}"));
        record(
                "look-ups",
                Stream.of(
                        "{\"timestamp\":6000,\"key\":\"L\",\"value\":{\"lookUpId\":\"L\",\"time\":5,"
                                + "\"kind\":\"search\",\"operator\":\"O\",\"recordHash\":\""
                                + "ab".repeat(32)
                                + "\"}}"));
        // Longer than the checkpoints of a drain take, because a shorter wait would have no effect.
        Duration wait = Duration.ofSeconds(7);

        replay(StandInJob.echoingReadsAfter(wait, wait));

        List<TopicRecord> alerts = read("alerts");
        assertThat(alerts).hasSize(2);
        assertThat(alerts)
                .extracting(alert -> new String(alert.value(), StandardCharsets.UTF_8))
                .allSatisfy(text -> assertThat(knownEntries(text)).isGreaterThanOrEqualTo(ENTRIES))
                .anySatisfy(text -> assertThat(text).endsWith("not { JSON"))
                .anySatisfy(text -> assertThat(text).endsWith("{\"plate\": \"ABC1234\"}"));
        assertThat(alerts)
                .extracting(TopicRecord::timestamp)
                .containsExactlyInAnyOrder(5000L, 8000L);
        assertThat(said.toString())
                .contains("3,000 records are older than the first observation")
                .containsPattern("hotlist +3,001 *\n")
                .containsPattern("plate-reads +2 *\n")
                .containsPattern("alerts +2 *\n")
                .contains("Written: " + directory.resolve("out/alerts.jsonl"));
        theAuditHasWhatWasSent();
    }

    private void theAuditHasWhatWasSent() throws Exception {
        List<TopicRecord> sent = read("dispatch-toluca");
        List<TopicRecord> audit = read("audit");
        List<AuditRecord.Envelope> envelopes = new ArrayList<>();
        for (TopicRecord each : audit) {
            envelopes.add(AuditRecord.CODEC.read(each.value()).envelope());
            assertThat(each.timestamp()).isEqualTo(envelopes.get(envelopes.size() - 1).time());
        }
        envelopes.sort(Comparator.comparing(AuditRecord.Envelope::topic));
        assertThat(envelopes).hasSize(sent.size() + 1);
        assertThat(envelopes.get(sent.size()))
                .returns("look-ups", AuditRecord.Envelope::topic)
                .returns("search", AuditRecord.Envelope::purpose);
        for (int i = 0; i < sent.size(); i++) {
            AuditRecord.Envelope envelope = envelopes.get(i);
            assertThat(envelope.address()).isEqualTo("dispatch-toluca-0-" + i);
            assertThat(envelope.time()).isEqualTo(sent.get(i).timestamp());
            assertThat(envelope.sha256()).isEqualTo(Sha256.hex(sent.get(i).value()));
        }
        List<TopicRecord> signed = read("audit-heads");
        assertThat(signed).hasSize(1);
        // The end of the recording.
        assertThat(signed.get(0).timestamp()).isEqualTo(9_000);
        AuditHeads heads = AuditHeads.CODEC.read(signed.get(0).value());
        assertThat(heads.heads().get(0).number()).isEqualTo(2);
        assertThat(
                        HeadKeys.isSigned(
                                heads, HeadKeys.publicKey(directory.resolve("out/notary.pub"))))
                .isTrue();
        List<Verifier.Stored> stored =
                audit.stream()
                        .map(
                                each ->
                                        new Verifier.Stored(
                                                each.key().getBytes(StandardCharsets.UTF_8),
                                                each.value()))
                        .toList();
        Verifier verifier = new Verifier(0, stored);
        heads.heads().forEach(verifier::addSigned);
        assertThat(verifier.verify(record -> {})).isNull();
    }

    @Test
    void waitsForWhatTheJobSaysIsPending() throws Exception {
        record("plate-reads", Stream.of("{\"timestamp\":5000,\"key\":\"A\",\"value\":\"read\"}"));
        // Longer than the idle checkpoints of a drain that knows of no pending work.
        Duration putOff = Duration.ofSeconds(8);
        replay(StandInJob.echoingReadsAfter(putOff, Duration.ZERO));
        assertThat(read("alerts")).hasSize(1);
    }

    @Test
    void nothingOfAnEarlierReplayIsLeft() throws Exception {
        record("plate-reads", Stream.of("{\"timestamp\":5000,\"key\":\"A\",\"value\":\"read\"}"));
        Path out = Files.createDirectory(directory.resolve("out"));
        List<String> earlier =
                List.of("incidents.jsonl", "dispatch-responses.jsonl", "dead-letter.jsonl");
        List<String> others =
                List.of("plate-reads.jsonl", "alerts.jsonl.gz", "report.html", "truth.json");
        for (String name :
                Stream.of(earlier, others, List.of("alerts.jsonl"))
                        .flatMap(List::stream)
                        .toList()) {
            Files.writeString(out.resolve(name), "earlier");
        }
        replay(StandInJob.echoingReadsAfter(Duration.ZERO, Duration.ZERO));
        assertThat(read("alerts")).hasSize(1);
        assertThat(earlier).allSatisfy(name -> assertThat(out.resolve(name)).doesNotExist());
        assertThat(others).allSatisfy(name -> assertThat(out.resolve(name)).hasContent("earlier"));
    }

    @Test
    void aJobThatFailsStopsTheReplayWithItsReason() throws Exception {
        record("plate-reads", Stream.of("{\"timestamp\":5000,\"key\":\"A\",\"value\":\"poison\"}"));
        assertThatThrownBy(() -> replay(StandInJob.failingOn("poison")))
                .isInstanceOf(ReplayException.class)
                .hasMessageStartingWith("job stand-in is FAIL")
                .hasStackTraceContaining("the stand-in does not take poison");
        assertThat(directory.resolve("out/alerts.jsonl")).doesNotExist();
    }

    private void replay(StandInJob job) throws InterruptedException {
        new Replay(
                        Recording.in(directory),
                        directory.resolve("out"),
                        Speed.MAX,
                        2,
                        Map.of(),
                        new ReplayLog(new PrintWriter(said)))
                .run(List.of(job));
    }

    private void record(String topic, Stream<String> lines) throws Exception {
        Files.write(directory.resolve(topic + ".jsonl"), (Iterable<String>) lines::iterator);
    }

    private static Stream<String> entries(int from, int count, long timestamp) {
        return Stream.iterate(from, i -> i + 1)
                .limit(count)
                .map(i -> "{\"timestamp\":" + timestamp + ",\"key\":\"E" + i + "\",\"value\":{}}");
    }

    private List<TopicRecord> read(String topic) throws Exception {
        List<TopicRecord> records = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("out/" + topic + ".jsonl"))) {
            records.add(TopicRecordCodec.read(topic, line.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    private static int knownEntries(String alert) {
        return Integer.parseInt(alert.substring(0, alert.indexOf(' ')));
    }
}
