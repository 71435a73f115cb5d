package io.atalaya.contracts.plate.format;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A message that is damaged in any way is rejected, or its reads keep the contract. Any other
 * result would fail the job again and again.
 */
class BrokenVendorMessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] KEY = "ARCO-1".getBytes(StandardCharsets.UTF_8);

    /** Replacements of a value: other types, bounds, empty and long ones. */
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "0",
                    "-0.0",
                    "1e308",
                    "1e400",
                    "-1e999",
                    "\"NaN\"",
                    "\"1e999\"",
                    "99999999999999999999",
                    "0.5",
                    "\"\"",
                    "\" \"",
                    "\"x\"",
                    "\"Unknown\"",
                    "[]",
                    "{}",
                    "[[]]",
                    "[null]",
                    "{\"a\":{\"b\":[1]}}",
                    "\"\\ud800\"",
                    "\"2026-13-45T99:99:99\"",
                    "\"" + "A".repeat(70_000) + "\"",
                    "[".repeat(40) + "]".repeat(40));

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(VendorMessages.all().values());
    }

    @Property(tries = 3_000)
    void cutShort(@ForAll("messages") String message, @ForAll Random random) {
        byte[] bytes = utf8(message);
        byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        requireReadsOrRejection(cut);
    }

    @Property(tries = 5_000)
    void withOtherBytes(@ForAll("messages") String message, @ForAll Random random) {
        byte[] bytes = utf8(message);
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        requireReadsOrRejection(bytes);
    }

    @Property(tries = 5_000)
    void withFieldsMissingOrOfOtherTypes(@ForAll("messages") String message, @ForAll Random random)
            throws Exception {
        if (!message.startsWith("{")) {
            return;
        }
        JsonNode root = JSON.readTree(message);
        for (int i = 0; i <= random.nextInt(3); i++) {
            change(root, random);
        }
        requireReadsOrRejection(JSON.writeValueAsBytes(root));
    }

    @Property(tries = 3_000)
    void xmlWithTextsAndAttributesChanged(@ForAll Random random) {
        String message =
                random.nextBoolean() ? VendorMessages.ONVIF_FRAME : VendorMessages.ONVIF_EVENT;
        List<int[]> values = new ArrayList<>();
        var texts = Pattern.compile("=\"([^\"]*)\"|>([^<]+)<").matcher(message);
        while (texts.find()) {
            int group = texts.group(1) != null ? 1 : 2;
            values.add(new int[] {texts.start(group), texts.end(group)});
        }
        int[] one = values.get(random.nextInt(values.size()));
        String with =
                List.of(
                                "",
                                " ",
                                "0",
                                "-1",
                                "-0.0",
                                "1e308",
                                "1e999",
                                "NaN",
                                "Infinity",
                                "x",
                                "Unknown",
                                "&#0;",
                                "&amp;&lt;",
                                "é".repeat(300))
                        .get(random.nextInt(14));
        requireReadsOrRejection(
                utf8(message.substring(0, one[0]) + with + message.substring(one[1])));
    }

    /** At every place of every format, also in quotes. */
    @Test
    void withNumbersThatAreNotFinite() {
        Pattern value =
                Pattern.compile("=\"([^\"]*)\"|>([^<]+)<|:(\"[^\"]{0,99}\"|-?[0-9.]+|true|false)");
        List<String> messages = new ArrayList<>(VendorMessages.all().values());
        messages.add(VendorMessages.ONVIF_FRAME);
        messages.add(VendorMessages.ONVIF_EVENT);
        for (String message : messages) {
            var values = value.matcher(message);
            while (values.find()) {
                int group = values.group(1) != null ? 1 : values.group(2) != null ? 2 : 3;
                for (String number :
                        List.of("1e999", "-1e999", "NaN", "Infinity", "1e308", "\"1e999\"")) {
                    requireReadsOrRejection(
                            utf8(
                                    message.substring(0, values.start(group))
                                            + number
                                            + message.substring(values.end(group))));
                }
            }
        }
    }

    private static void change(JsonNode root, Random random) throws Exception {
        List<ObjectNode> objects = new ArrayList<>();
        collect(root, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
            object.remove(name);
        } else {
            String value = VALUES.get(random.nextInt(VALUES.size()));
            object.putRawValue(name, new RawValue(value));
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> into) {
        if (node instanceof ObjectNode object) {
            into.add(object);
            object.elements().forEachRemaining(child -> collect(child, into));
        } else if (node instanceof ArrayNode array) {
            array.elements().forEachRemaining(child -> collect(child, into));
        }
    }

    private static void requireReadsOrRejection(byte[] message) {
        for (PlateFormat format : PlateFormat.values()) {
            List<PlateRead> reads;
            try {
                reads = format.read(message, KEY);
            } catch (InvalidRecordException e) {
                assertThat(e.field()).isNotEmpty();
                assertThat(e).hasMessageContaining("expected");
                continue;
            }
            for (PlateRead read : reads) {
                try {
                    PlateRead written =
                            PlateRead.IMAGE_TOO_LARGE.equals(read.plateImage())
                                    ? read.withImage(null)
                                    : read;
                    assertThat(PlateReadCodec.read(PlateReadCodec.write(read))).isEqualTo(written);
                } catch (InvalidRecordException e) {
                    throw new AssertionError(
                            "a read that breaks the contract: " + ReadText.of(read), e);
                }
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
