package io.atalaya.flink.schema;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.fuzzing.FuzzTarget;
import io.atalaya.fuzzing.FuzzTest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The codecs of the native topics, and the lines of recordings. */
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
                TopicCodec.DRONES.target(),
                TopicCodec.ALERTS.target(),
                new FuzzTarget<>(
                        "recording-line",
                        line -> TopicRecordCodec.read(Topics.PLATE_READS, line),
                        InvalidRecordException.class,
                        TopicCodecsFuzzTest::requireSameLine,
                        TopicCodecsFuzzTest::lines));
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
