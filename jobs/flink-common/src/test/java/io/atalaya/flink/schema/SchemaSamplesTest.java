package io.atalaya.flink.schema;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.schema.TopicSchema;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.kafka.AlertRecords;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The samples and recordings are valid by the schemas and the codecs. */
class SchemaSamplesTest {
    private static final Path RECORDING = Path.of("../../../shared/data/sumo");
    private static final int LINES = 1000;

    @ParameterizedTest
    @EnumSource
    void ownSamplesAreValid(TopicSchema topic) throws IOException {
        assertThat(topic.samples()).hasSizeGreaterThan(1);
        for (String sample : topic.samples()) {
            assertValid(topic, sample);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TopicSchema.class,
            names = {"ALERTS", "MODEL_ANSWERS"},
            mode = EnumSource.Mode.EXCLUDE)
    void recordedMessagesAreValid(TopicSchema topic) throws Exception {
        Path file = RECORDING.resolve(topic.topic() + ".jsonl.gz");
        assumeTrue(Files.isReadable(file), () -> "no recording at " + file.toAbsolutePath());
        int values = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String line : lines.lines().limit(LINES).toList()) {
                TopicRecord record =
                        TopicRecordCodec.read(topic.topic(), line.getBytes(StandardCharsets.UTF_8));
                if (record.value() != null) {
                    assertValid(topic, new String(record.value(), StandardCharsets.UTF_8));
                    values++;
                }
            }
        }
        assertThat(values).isPositive();
    }

    private static void assertValid(TopicSchema topic, String message) throws IOException {
        assertThat(topic.faults(message)).as(message).isEmpty();
        assertThat(topic.rejection(message)).as(message).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void schemasAre202012AndOpenToNewFields(TopicSchema topic) throws IOException {
        assertThat(topic.text().path("$schema").asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(topic.text().path("$id").asText())
                .isEqualTo("urn:atalaya:schema:" + topic.topic());
        ObjectNode extended = (ObjectNode) new ObjectMapper().readTree(topic.samples().get(0));
        extended.put("aFieldOfTomorrow", 1);
        assertValid(topic, extended.toString());
    }

    @Test
    void alertHeadersAreAsDescribed() throws Exception {
        Alert alert = alert(TopicSchema.ALERTS.samples().get(0));
        RawRecord record = new AlertRecords("hotlist-match").write(alert);
        ObjectNode headers = new ObjectMapper().createObjectNode();
        record.headers()
                .forEach(
                        header ->
                                headers.put(
                                        header.name(),
                                        new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(TopicSchema.ALERTS.faults("/$defs/headers", headers)).isEmpty();
        assertThat(headers.path("ce_id").asText()).isEqualTo("5f1c9a7be0d24c31:2");
        for (String name : List.of("ce_id", "ce_type", "ce_specversion", "content-type")) {
            ObjectNode without = headers.deepCopy();
            without.remove(name);
            assertThat(TopicSchema.ALERTS.faults("/$defs/headers", without)).hasSize(1);
        }
    }

    private static Alert alert(String json) throws InvalidRecordException {
        return AlertCodec.read(json.getBytes(StandardCharsets.UTF_8), 7);
    }
}
