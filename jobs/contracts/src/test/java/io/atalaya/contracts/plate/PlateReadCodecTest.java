package io.atalaya.contracts.plate;

import io.atalaya.contracts.json.InvalidRecordException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PlateReadCodecTest {
    private static final String HEAD =
            "{\"readId\":\"R1\",\"deviceId\":\"ARCO-001\",\"time\":1772539200000,";

    @Provide
    Arbitrary<PlateRead> reads() {
        return PlateArbitraries.reads();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("reads") PlateRead read) throws InvalidRecordException {
        assertThat(PlateReadCodec.read(PlateReadCodec.write(read))).isEqualTo(read);
    }

    @Test
    void readsTheContractsExample() throws InvalidRecordException {
        PlateRead read =
                parse(
                        HEAD
                                + "\"lane\":2,\"plate\":\"lxf-00-19\",\"confidence\":0.953,\"candidates\":[{\"plate\":\"LXF0O19\",\"confidence\":0.4,\"vendor\":7}],"
                                + "\"direction\":\"91.5\",\"vehicle\":{\"make\":\"NISSAN\",\"confidence\":1},\"somethingNew\":[{}]}");
        assertThat(read.plate()).isEqualTo("lxf-00-19");
        assertThat(read.candidates()).containsExactly(new Candidate("LXF0O19", 0.4));
        assertThat(read.direction()).isEqualTo(Compass.E);
        assertThat(read.vehicle()).isEqualTo(new Vehicle("NISSAN", null, null, null, 1.0));
        assertThat(read.lane()).isEqualTo(2);
        assertThat(read.isWithdrawn()).isFalse();
    }

    @Test
    void aWithdrawalNeedsNoPlateAndNoTime() throws InvalidRecordException {
        PlateRead read = parse("{\"readId\":\"R1\",\"deviceId\":\"A\",\"withdrawn\":true}");
        assertThat(read.plate()).isNull();
        assertThat(read.revises()).isEqualTo("R1");
    }

    @Test
    void aWithdrawalWithAnEmptyPlateHasNone() throws InvalidRecordException {
        for (String fields :
                List.of("\"plate\":\"\",\"withdrawn\":true", "\"withdrawn\":true,\"plate\":\"\"")) {
            PlateRead read = parse(HEAD + fields + "}");
            assertThat(read.isWithdrawn()).isTrue();
            assertThat(read.plate()).isNull();
        }
        assertRejected(HEAD + "\"withdrawn\":true,\"plate\":\"--\"}", "plate", "1 to 12 letters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"plate\":\"\",\"confidence\":1|plate|1 to 12 letters and digits",
                "\"plate\":\"---\",\"confidence\":1|plate|1 to 12 letters and digits",
                "\"plate\":\"ABC1234567890\",\"confidence\":1|plate|1 to 12 letters and digits",
                "\"plate\":\"車\",\"confidence\":1|plate|1 to 12 letters and digits",
                "\"plate\":null,\"confidence\":1|plate|the field is required",
                "\"confidence\":1|plate|the field is required",
                "\"plate\":\"ABC123\"|confidence|the field is required",
                "\"plate\":\"ABC123\",\"confidence\":1.01|confidence|0.0 to 1.0",
                "\"plate\":\"ABC123\",\"confidence\":1,\"lane\":256|lane|a whole number from 0 to 255",
                "\"plate\":\"ABC123\",\"confidence\":1,\"candidates\":[{\"plate\":\"A\",\"confidence\":1},{\"plate\":\"\",\"confidence\":1}]|candidates[1].plate|1 to 12",
                "\"plate\":\"ABC123\",\"confidence\":1,\"candidates\":[{\"plate\":\"A\"}]|candidates[0].confidence|required",
                "\"plate\":\"ABC123\",\"confidence\":1,\"direction\":\"UP\"|direction|degrees",
                "\"plate\":\"ABC123\",\"confidence\":1,\"direction\":\"9d\"|direction|degrees",
                "\"plate\":\"ABC123\",\"confidence\":1,\"direction\":361|direction|360",
                "\"plate\":\"ABC123\",\"confidence\":1,\"vehicle\":{\"confidence\":2}|vehicle.confidence|1.0",
                "\"plate\":\"ABC123\",\"confidence\":1,\"withdrawn\":\"no\"|withdrawn|true or false",
            })
    void rejectsAndNamesTheField(String fields, String field, String expected) {
        assertRejected(HEAD + fields + "}", field, expected);
    }

    @Test
    void rejectsAPlateOf500Characters() {
        String plate = "A".repeat(500);
        assertRejected(
                HEAD + "\"plate\":\"" + plate + "\",\"confidence\":1}",
                "plate",
                "(500 characters)");
    }

    @Test
    void rejectsAMissingIdentity() {
        assertRejected("{\"deviceId\":\"A\"}", "readId", "required");
        assertRejected("{\"readId\":\"A\"}", "deviceId", "required");
        assertRejected("{\"readId\":\"A\",\"deviceId\":\"A\"}", "time", "required");
    }

    @Test
    void takesAnImageOf32KiBAndNoMore() throws InvalidRecordException {
        byte[] image = new byte[32 * 1024];
        String base64 = java.util.Base64.getEncoder().encodeToString(image);
        String read = HEAD + "\"plate\":\"ABC123\",\"confidence\":1,\"plateImage\":\"";
        assertThat(parse(read + base64 + "\"}").plateImage()).isEqualTo(base64);
        assertThat(parse(read + base64 + "A\"}").plateImage())
                .as("a read is not rejected for its image")
                .isEqualTo(PlateRead.IMAGE_TOO_LARGE);
        assertThat(parse(read + "A".repeat(1_000_000) + "\",\"imageRef\":\"x\"}").imageRef())
                .isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyImageIsNone(String image) throws InvalidRecordException {
        String read = HEAD + "\"plate\":\"ABC123\",\"confidence\":1,\"plateImage\":\"";
        assertThat(parse(read + image + "\"}").plateImage()).isNull();
    }

    @Test
    void rejectsTooManyCandidates() {
        String candidate = "{\"plate\":\"A\",\"confidence\":0}";
        String many = String.join(",", java.util.Collections.nCopies(17, candidate));
        assertRejected(
                HEAD + "\"plate\":\"A\",\"confidence\":1,\"candidates\":[" + many + "]}",
                "candidates[16]",
                "at most 16 elements");
    }

    @Test
    void compassPointsAndDegrees() throws InvalidRecordException {
        for (String direction : List.of("\"nw\"", "\"NW\"", "315", "-45", "\"-45\"", "\"337.4\"")) {
            PlateRead read =
                    parse(
                            "{\"readId\":\"R\",\"deviceId\":\"A\",\"withdrawn\":true,\"direction\":"
                                    + direction
                                    + "}");
            assertThat(read.direction()).as(direction).isEqualTo(Compass.NW);
        }
    }

    private static PlateRead parse(String json) throws InvalidRecordException {
        return PlateReadCodec.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRejected(String json, String field, String expected) {
        InvalidRecordException rejection =
                catchThrowableOfType(InvalidRecordException.class, () -> parse(json));
        assertThat(rejection)
                .hasMessageStartingWith(field + ": got ")
                .hasMessageContaining(expected);
        assertThat(rejection.field()).isEqualTo(field);
    }
}
