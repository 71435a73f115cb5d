package io.atalaya.hotlistmatch;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.JobOnKafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every invalid record is in the dead letters unchanged and with the name of the field, and the job
 * continues.
 */
@Execution(ExecutionMode.CONCURRENT)
class HostileInputKafkaIT {
    private static final long NOW = 1_772_539_200_000L;

    private record Bad(TopicRecord record, String field) {}

    @Test
    void eachRejectedRecordLandsWholeAndTheJobGoesOn() throws Exception {
        List<Bad> bad = bad();
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 1);
            for (Bad one : bad) {
                run.publish(List.of(one.record()));
            }
            run.publish(
                    List.of(
                            hotlist("E1", entry("E1", "\"plate\":\"LXF0019\"")),
                            tag(tagJson("T1", NOW + 300, "LXF0019")),
                            tag(tagJson("T1", NOW + 300, "LXF0019")),
                            read(readJson("R1", NOW, "LXF0019")),
                            read(readJson("R1", NOW, "LXF0019"))));
            run.awaitQuiet();

            assertThat(run.lastAlerts().values())
                    .singleElement()
                    .satisfies(
                            alert -> {
                                assertThat(alert.subject().entryId()).isEqualTo("E1");
                                assertThat(alert.evidence().reads()).containsExactly("R1", "T1");
                                assertThat(alert.hotlistEvidence().count()).isEqualTo(1);
                            });
            assertThat(run.deadLetters()).hasSize(bad.size());
            for (Bad one : bad) {
                ConsumerRecord<byte[], byte[]> letter =
                        run.deadLetters().stream()
                                .filter(
                                        record ->
                                                header(record, "topic").equals(one.record().topic())
                                                        && Arrays.equals(
                                                                record.value(),
                                                                one.record().value()))
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                new AssertionError(
                                                        "not rejected whole: " + one.field()));
                assertThat(header(letter, "field")).isEqualTo(one.field());
                assertThat(header(letter, "reason")).contains(one.field());
                assertThat(header(letter, "topic")).isEqualTo(one.record().topic());
                assertThat(header(letter, "job")).isEqualTo(HotlistMatchJob.NAME);
            }
        }
    }

    private static List<Bad> bad() {
        List<Bad> bad = new ArrayList<>();
        bad.add(
                new Bad(
                        read(utf8("{\"readId\":\"R2\",\"deviceId\":\"ARCO-1\",\"pla")),
                        "deviceId"));
        bad.add(new Bad(read(utf8("{\"readId\":7}")), "readId"));
        bad.add(new Bad(read(utf8("{\"readId\":\"" + "x".repeat(10_000_000) + "\"}")), "value"));
        bad.add(new Bad(read(utf8("{\"x\":" + "[".repeat(30_000))), "x"));
        bad.add(new Bad(read(utf8("[".repeat(1_000_000))), "value"));
        byte[] broken = readJson("R3", NOW, "LXF0019");
        broken[12] = (byte) 0xff;
        bad.add(new Bad(read(broken), "readId"));
        bad.add(new Bad(read(readJson("R4", 0, "LXF0019")), "time"));
        bad.add(new Bad(read(readJson("R5", 4_070_908_800_000L, "LXF0019")), "time"));
        bad.add(new Bad(read(readJson("R6", NOW, "")), "plate"));
        bad.add(new Bad(read(readJson("R7", NOW, "A".repeat(500))), "plate"));
        bad.addAll(badTags());
        bad.addAll(badDispositions());
        bad.add(new Bad(hotlist("E2", entry("E2", "\"pattern\":\"*\"")), "pattern"));
        bad.add(
                new Bad(
                        hotlist("E3", utf8("{\"entryId\":\"E3\",\"plate\":\"LXF0019\"}")),
                        "reason"));
        return bad;
    }

    private static List<Bad> badTags() {
        return List.of(
                new Bad(tag(utf8("{\"readId\":\"T2\",\"deviceId\":\"ARCO-1\",\"tag")), "deviceId"),
                new Bad(tag(utf8("{\"readId\":\"T3\",\"deviceId\":\"ARCO-1\"}")), "time"),
                new Bad(
                        tag(
                                utf8(
                                        "{\"readId\":\"T4\",\"deviceId\":\"ARCO-1\",\"time\":%d}"
                                                .formatted(NOW))),
                        "tagId"),
                new Bad(
                        tag(utf8("{\"tagId\":\"REP1\",\"deviceId\":\"ARCO-1\",\"time\":1}")),
                        "readId"),
                new Bad(tag(utf8("{\"readId\":\"T5\",\"deviceId\":{}}")), "deviceId"),
                new Bad(tag(utf8("{\"tagId\":\"" + "x".repeat(20_000) + "\"}")), "value"),
                new Bad(tag(utf8("")), "value"),
                new Bad(tag(tagJson("T6", 0, "LXF0019")), "time"),
                new Bad(tag(tagJson("T7", Long.MAX_VALUE, "LXF0019")), "time"),
                new Bad(tag(tagJson("T8", NOW, "A".repeat(500))), "registeredPlate"));
    }

    private static List<Bad> badDispositions() {
        return List.of(
                new Bad(
                        disposition(utf8("{\"dispositionId\":\"D1\",\"alertId\":\"A1\",\"out")),
                        "alertId"),
                new Bad(disposition(utf8("")), "value"),
                new Bad(disposition(utf8("[\"D2\"]")), "value"),
                new Bad(disposition(utf8("{\"purpose\":\"" + "x".repeat(20_000) + "\"}")), "value"),
                new Bad(answer("alertId", "null"), "alertId"),
                new Bad(answer("alertId", "[\"A1\"]"), "alertId"),
                new Bad(answer("alertId", "\"" + "A".repeat(129) + "\""), "alertId"),
                new Bad(answer("alertId", "\"A1\",\"alertId\":\"A2\""), "alertId"),
                new Bad(answer("outcome", "\"ARRESTED\""), "outcome"),
                new Bad(answer("outcome", "1"), "outcome"),
                new Bad(answer("operator", "\" \""), "operator"),
                new Bad(answer("operator", "{}"), "operator"),
                new Bad(answer("time", "null"), "time"),
                new Bad(answer("time", "\"noon\""), "time"),
                new Bad(answer("time", String.valueOf(NOW + 2 * 86_400_000L)), "time"));
    }

    /** A disposition in which one field has another value. */
    private static TopicRecord answer(String field, String value) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("dispositionId", "\"D0\"");
        fields.put("alertId", "\"A1\"");
        fields.put("outcome", "\"CORRECT\"");
        fields.put("operator", "\"O\"");
        fields.put("time", String.valueOf(NOW));
        fields.put(field, value);
        return disposition(
                utf8(
                        fields.entrySet().stream()
                                .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
                                .collect(Collectors.joining(",", "{", "}"))));
    }

    private static TopicRecord disposition(byte[] value) {
        return new TopicRecord(Topics.DISPOSITIONS, NOW, "A1", value);
    }

    private static TopicRecord tag(byte[] value) {
        return new TopicRecord(Topics.RFID_READS, NOW, "ARCO-1", value);
    }

    private static byte[] tagJson(String readId, long time, String registered) {
        return utf8(
                "{\"readId\":\"%s\",\"deviceId\":\"ARCO-1\",\"time\":%d,\"tagId\":\"REP1\",\"registeredPlate\":\"%s\"}"
                        .formatted(readId, time, registered));
    }

    private static TopicRecord read(byte[] value) {
        return new TopicRecord(Topics.PLATE_READS, NOW, "ARCO-1", value);
    }

    private static TopicRecord hotlist(String key, byte[] value) {
        return new TopicRecord(Topics.HOTLIST, NOW - 1_000, key, value);
    }

    private static byte[] readJson(String readId, long time, String plate) {
        return utf8(
                "{\"readId\":\"%s\",\"deviceId\":\"ARCO-1\",\"time\":%d,\"plate\":\"%s\",\"confidence\":0.9}"
                        .formatted(readId, time, plate));
    }

    private static byte[] entry(String entryId, String what) {
        return utf8(
                "{\"entryId\":\"%s\",%s,\"reason\":\"INTEREST\",\"caseNumber\":\"C-1\",\"agency\":\"A\"}"
                        .formatted(entryId, what));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
