package io.atalaya.contracts.camera.format;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.json.InvalidRecordException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A message that is damaged in any way is rejected, or its frames keep the contract. Any other
 * result would fail the job again and again.
 */
class BrokenFrameMessagesTest {
    private static final byte[] KEY = "CAM-1".getBytes(StandardCharsets.UTF_8);
    private static final BoxUnits UNITS = new BoxUnits(1920, 1080, 8192);

    /** Any value: behind the mark of an attribute or a name, or between two tags. */
    private static final Pattern VALUE =
            Pattern.compile("=\"([^\"]*)\"|>([^<]+)<|:(\"[^\"]*\"|-?[0-9.]+|true|false)");

    private static final List<String> VALUES =
            List.of(
                    "",
                    " ",
                    "0",
                    "-1",
                    "-0.0",
                    "1e308",
                    "-1e308",
                    "1e400",
                    "-1e999",
                    "NaN",
                    "-Infinity",
                    "\"1e999\"",
                    "99999999999999999999",
                    "x",
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "[[]]",
                    "[null]",
                    "\"\"",
                    "\" \"",
                    "\"1e9\"",
                    "\"Unknown\"",
                    "&#0;",
                    "&amp;&lt;",
                    "\"\\ud800\"",
                    "é".repeat(300),
                    "\"" + "A".repeat(70_000) + "\"",
                    "[".repeat(40) + "]".repeat(40));

    private static final List<String> NOT_FINITE =
            List.of("1e999", "-1e999", "NaN", "Infinity", "-Infinity", "1e308", "-1e308");

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of(FrameMessages.all().values());
    }

    @Property(tries = 3_000)
    void cutShort(@ForAll("messages") String message, @ForAll Random random) {
        byte[] bytes = utf8(message);
        requireFramesOrRejection(Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }

    @Property(tries = 5_000)
    void withOtherBytes(@ForAll("messages") String message, @ForAll Random random) {
        byte[] bytes = utf8(message);
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        requireFramesOrRejection(bytes);
    }

    @Property(tries = 8_000)
    void withOtherValues(@ForAll("messages") String message, @ForAll Random random) {
        String changed = message;
        for (int i = 0; i <= random.nextInt(3); i++) {
            changed = withAnotherValue(changed, random);
        }
        requireFramesOrRejection(utf8(changed));
    }

    /** At every place, also in quotes where the format is JSON. */
    @Test
    void withNumbersThatAreNotFinite() {
        for (String message : FrameMessages.all().values()) {
            for (int[] place : places(message)) {
                for (String number : NOT_FINITE) {
                    requireFramesOrRejection(utf8(with(message, place, number)));
                    requireFramesOrRejection(utf8(with(message, place, '"' + number + '"')));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "native, 0.1, 1e999, objects[0].box[0]",
                "native, 0.4, -1e999, objects[0].box[3]",
                "onvif, 100.0, INF, Frame.Object.Appearance.Shape.BoundingBox.left",
                "onvif, 0.005, NaN, Frame.Transformation.Scale.x",
                "onvif, 0.005, 1e307, Frame.Object.Appearance.Shape.BoundingBox.left",
                "onvif json, \"-0.5\", 1e999, Object.Appearance.Shape.BoundingBox.left",
                "deepstream full, 480, 1e999, object.bbox.topleftx",
                "deepstream minimal, 480, 1e999, objects[0] left",
                "metropolis, 1152, \"NaN\", objects[0].bbox.rightX",
                "axis, 0.75, 1e999, detections[0].bounding_box.bottom",
                "axis, \"0.25\", \"-Infinity\", detections[0].bounding_box.left",
            })
    void aPlaceThatIsNotFiniteIsRejectedByName(
            String message, String number, String notFinite, String field) {
        String changed =
                FrameMessages.all().get(message).replaceFirst(Pattern.quote(number), notFinite);
        assertThatThrownBy(() -> FrameFormat.AUTO.read(utf8(changed), KEY, UNITS))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining(field + ": got ");
    }

    private static String withAnotherValue(String message, Random random) {
        List<int[]> places = places(message);
        return places.isEmpty()
                ? message
                : with(
                        message,
                        places.get(random.nextInt(places.size())),
                        VALUES.get(random.nextInt(VALUES.size())));
    }

    private static List<int[]> places(String message) {
        List<int[]> places = new ArrayList<>();
        Matcher values = VALUE.matcher(message);
        while (values.find()) {
            int group = values.group(1) != null ? 1 : values.group(2) != null ? 2 : 3;
            places.add(new int[] {values.start(group), values.end(group)});
        }
        return places;
    }

    private static String with(String message, int[] place, String value) {
        return message.substring(0, place[0]) + value + message.substring(place[1]);
    }

    private static void requireFramesOrRejection(byte[] message) {
        for (FrameFormat format : FrameFormat.values()) {
            List<CameraFrame> frames;
            try {
                frames = format.read(message, KEY, UNITS);
            } catch (InvalidRecordException e) {
                assertThat(e.field()).isNotEmpty();
                assertThat(e).hasMessageContaining("expected");
                continue;
            }
            for (CameraFrame frame : frames) {
                try {
                    assertThat(CameraFrameCodec.read(CameraFrameCodec.write(frame)))
                            .isEqualTo(frame);
                } catch (InvalidRecordException e) {
                    throw new AssertionError(
                            "a frame that breaks the contract: " + FrameText.of(frame), e);
                }
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
