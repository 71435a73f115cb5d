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

import org.junit.jupiter.api.Tag;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The codecs of the native topics, and the lines of recordings. */
@Tag("attack")
class TopicCodecsFuzzTest extends FuzzTest {
    /**
     * The same code binds their messages to records, so that they share a target: the first byte of
     * an input chooses the topic.
     */
    private static final List<TopicCodec<?>> OF_DISPATCH =
            List.of(
                    TopicCodec.DRONES,
                    TopicCodec.SITE_PRESENCE,
                    TopicCodec.MUTES,
                    TopicCodec.DELIVERIES,
                    TopicCodec.POLICY,
                    TopicCodec.POLICY_ANSWERS,
                    TopicCodec.INCIDENTS,
                    TopicCodec.DISPATCH,
                    TopicCodec.NATIONAL_EXCHANGE,
                    TopicCodec.NATIONAL_CONTENT,
                    TopicCodec.DECISIONS);

    /** A message of one of these topics. */
    private record Message<T>(TopicCodec<T> codec, T value) {
        static <T> Message<T> read(TopicCodec<T> codec, byte[] json) throws Exception {
            return new Message<>(codec, codec.reader().read(json));
        }

        void verify() throws Exception {
            codec.verify(value);
        }
    }

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
                new FuzzTarget<>(
                        "dispatch-topics",
                        TopicCodecsFuzzTest::message,
                        InvalidRecordException.class,
                        Message::verify,
                        TopicCodecsFuzzTest::messages),
                TopicCodec.ALERTS.target(),
                new FuzzTarget<>(
                        "recording-line",
                        line -> TopicRecordCodec.read(Topics.PLATE_READS, line),
                        InvalidRecordException.class,
                        TopicCodecsFuzzTest::requireSameLine,
                        TopicCodecsFuzzTest::lines));
    }

    private static Message<?> message(byte[] input) throws Exception {
        if (input.length == 0) {
            throw new InvalidRecordException("topic", "", "a byte");
        }
        int chosen = Byte.toUnsignedInt(input[0]) % OF_DISPATCH.size();
        return Message.read(OF_DISPATCH.get(chosen), Arrays.copyOfRange(input, 1, input.length));
    }

    private static List<byte[]> messages() throws Exception {
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < OF_DISPATCH.size(); i++) {
            for (byte[] json : OF_DISPATCH.get(i).target().seeds().call()) {
                byte[] message = new byte[json.length + 1];
                message[0] = (byte) i;
                System.arraycopy(json, 0, message, 1, json.length);
                messages.add(message);
            }
        }
        return messages;
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
