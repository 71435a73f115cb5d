package io.atalaya.flink.schema;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.schema.Payloads;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.contracts.warning.WarningCodec;
import io.atalaya.fuzzing.FuzzTarget;
import io.atalaya.fuzzing.FuzzTest;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The codecs of the native topics, and the lines of recordings. Of those that are bound to records
 * by the same code, as all of dispatch, some with sealed types and nested records stand for the
 * rest.
 */
class TopicCodecsFuzzTest extends FuzzTest {
    @Override
    public List<FuzzTarget<?>> targets() {
        return List.of(
                TopicCodec.RFID_READS.target(),
                TopicCodec.HOTLIST.target(),
                TopicCodec.DEVICES.target(),
                TopicCodec.DISPOSITIONS.target(),
                TopicCodec.MODEL_CONTROL.target(),
                TopicCodec.MODEL_ANSWERS.target(),
                TopicCodec.DEVICE_EVENTS.target(),
                TopicCodec.CALLS.target(),
                new FuzzTarget<>(
                        "public-warnings-cap",
                        WarningCodec::read,
                        InvalidRecordException.class,
                        TopicCodecsFuzzTest::requireValid,
                        TopicCodecsFuzzTest::caps),
                TopicCodec.DISPATCH_RESPONSES.target(),
                TopicCodec.ALERTS.target(),
                new FuzzTarget<>(
                        "recording-line",
                        line -> TopicRecordCodec.read(Topics.PLATE_READS, line),
                        InvalidRecordException.class,
                        TopicCodecsFuzzTest::requireSameLine,
                        TopicCodecsFuzzTest::lines));
    }

    private static void requireValid(WarningCodec.Warnings warnings) throws Exception {
        assertThat(warnings.usable()).isNotEmpty();
        for (PublicWarning warning : warnings.usable()) {
            TopicCodec.PUBLIC_WARNINGS.verify(warning);
        }
    }

    private static List<byte[]> caps() throws Exception {
        List<byte[]> messages = Payloads.in("cap");
        for (String name : List.of("alert-1.2.xml", "feed-1.1.xml")) {
            try (InputStream in = Payloads.class.getResourceAsStream("/samples/cap/" + name)) {
                messages.add(in.readAllBytes());
            }
        }
        return messages;
    }

    private static void requireSameLine(TopicRecord record) throws InvalidRecordException {
        byte[] line = TopicRecordCodec.write(record);
        assertThat(line).doesNotContain('\n', '\r');
        TopicRecord again = TopicRecordCodec.read(record.topic(), line);
        assertThat(again.timestamp()).isEqualTo(record.timestamp());
        assertThat(again.key()).isEqualTo(record.key());
        assertThat(again.headers()).isEqualTo(record.headers());
        // A recording may change white space around and line breaks between JSON's tokens.
        assertThat(withoutLayout(again.value())).isEqualTo(withoutLayout(record.value()));
    }

    private static String withoutLayout(byte[] value) {
        return value == null
                ? null
                : new String(value, StandardCharsets.ISO_8859_1)
                        .replace('\n', ' ')
                        .replace('\r', ' ')
                        .strip();
    }

    private static List<byte[]> lines() throws Exception {
        byte[] json = TopicCodec.PLATE_READS.target().seeds().call().get(0);
        return List.of(
                line("ARCH-1", json, Map.of("source", "a")),
                line("ARCH-1", null, Map.of()),
                line(null, new byte[] {(byte) 0xff, 0}, Map.of()),
                line("", "no JSON \u0000".getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    private static byte[] line(String key, byte[] value, Map<String, String> headers) {
        return TopicRecordCodec.write(
                new TopicRecord(Topics.PLATE_READS, 1_772_539_200_123L, key, value, headers));
    }
}
