package io.atalaya.contracts.camera;

import io.atalaya.contracts.json.InvalidRecordException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CameraFrameCodecTest {

    @Provide
    Arbitrary<CameraFrame> frames() {
        return FrameArbitraries.frames();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("frames") CameraFrame frame)
            throws InvalidRecordException {
        assertThat(CameraFrameCodec.read(CameraFrameCodec.write(frame))).isEqualTo(frame);
    }

    /** The codec accepts 64 characters, and the frame keeps 64 bytes. */
    @Property
    void anIdIsTheSameWhetherItsObjectIsSeenOrGone(@ForAll("ids") String id) {
        DetectedObject seen = new DetectedObject(id, "Car", 1, 0, 0, 0, 0);
        CameraFrame frame = new CameraFrame("C", 0, null, List.of(seen), false, List.of(id));
        assertThat(frame.removedTrackIds()).containsExactly(seen.trackId());
        assertThat(seen.trackId().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(DetectedObject.MAX_ID_BYTES);
        assertThat(id).startsWith(seen.trackId());
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().withChars('7', 'ñ', '車').ofMinLength(1).ofMaxLength(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[0,0,-0.1,0.1]|objects[0].box[2]",
                "[0,0,0.1,-1e-9]|objects[0].box[3]",
                "[1e999,0,0.1,0.1]|objects[0].box[0]",
                "[0,-1e999,0.1,0.1]|objects[0].box[1]",
                "[0,0,1e7,0.1]|objects[0].box[2]",
                "[0,0,0.1]|objects[0].box",
                "[0,0,0.1,0.1,0.1]|objects[0].box",
                "[0,0,0.1,\"0.1\"]|objects[0].box[3]",
                "[0,0,0.1,null]|objects[0].box[3]",
                "[0,0,NaN,0.1]|objects[0].box",
                "{}|objects[0].box",
            })
    void rejectsABoxAndNamesTheNumber(String box, String field) {
        assertRejected(
                "\"deviceId\":\"C\",\"time\":1,\"objects\":[{\"trackId\":\"1\",\"type\":\"Car\",\"box\":"
                        + box
                        + "}]",
                field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"time\":1|deviceId",
                "\"deviceId\":\"C\"|time",
                "\"deviceId\":\"C\",\"time\":1,\"objects\":[{}]|objects[0].trackId",
                "\"deviceId\":\"C\",\"time\":1,\"objects\":[{\"trackId\":7}]|objects[0].trackId",
                "\"deviceId\":\"C\",\"time\":1,\"objects\":[{\"trackId\":\"7\"}]|objects[0].type",
                "\"deviceId\":\"C\",\"objects\":[{\"idle\":1}]|objects[0].idle",
                "\"deviceId\":\"C\",\"partial\":\"yes\"|partial",
                "\"deviceId\":\"C\",\"gone\":[7]|gone[0]",
            })
    void rejectsAndNamesTheField(String fields, String field) {
        assertRejected(fields, field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2147483648", "1e30", "-1", "7.5", "\"7\"", "true", "{\"a\":[1]}", "[7]"})
    void aFrameIsReadWithoutWhatItNeedNotHave(String wrong) throws InvalidRecordException {
        String message =
                """
                {"deviceId":"C","frameId":%1$s,"time":1,
                 "objects":[{"trackId":"7","confidence":%1$s,"type":"Car","box":[0,0,0.1,0.1]}]}
                """;
        assertThat(CameraFrameCodec.read(message.formatted(wrong).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        new CameraFrame(
                                "C",
                                1,
                                null,
                                List.of(new DetectedObject("7", "Car", 1, 0, 0, 0.1, 0.1))));
    }

    private static void assertRejected(String fields, String field) {
        byte[] message = ("{" + fields + "}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> CameraFrameCodec.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    @Test
    void readsTenThousandObjectsAndNoneMore() throws InvalidRecordException {
        assertThat(CameraFrameCodec.read(crowded(10_000)).objects()).hasSize(10_000);
        assertThatThrownBy(() -> CameraFrameCodec.read(crowded(10_001)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("objects[10000]: got one element more");
    }

    private static byte[] crowded(int objects) {
        String one = "{\"trackId\":\"1\",\"type\":\"Human\",\"box\":[0.1,0.1,0.1,0.1]}";
        return ("{\"deviceId\":\"C\",\"time\":1,\"objects\":["
                        + String.join(",", Collections.nCopies(objects, one))
                        + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
