package io.atalaya.contracts.plate.format;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/** An image never rejects a read, and the read marks an image that is too large. */
class VendorImagesTest {
    private static final String LARGE = "/9j/" + "A".repeat(1_500_000);

    /** Beyond the bound of a read's image, and within the bound of a text in each format. */
    private static final String A_LITTLE_LARGE = "/9j/" + "A".repeat(PlateReadCodec.MAX_IMAGE);

    /** Messages of each format around an image. */
    static List<UnaryOperator<String>> formats() {
        return List.of(
                image -> VendorMessages.ALPR_GROUP.replace("/9j/4AAQ", image),
                image -> VendorMessages.AXIS_NEW.replace("/9j/BBBB", image),
                image ->
                        VendorMessages.ONVIF_FRAME.replace(
                                "</tt:LicensePlateInfo>",
                                "<tt:Image>" + image + "</tt:Image></tt:LicensePlateInfo>"),
                image ->
                        VendorMessages.ONVIF_JSON_EVENT.replace(
                                "\"Data\":{", "\"Data\":{\"Image\":\"" + image + "\","));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void ofAPictureThatIsTooLargeTheReadSaysSo(UnaryOperator<String> message)
            throws InvalidRecordException {
        assertThat(image(message.apply(A_LITTLE_LARGE))).isEqualTo(PlateRead.IMAGE_TOO_LARGE);
        assertThat(image(message.apply(LARGE))).isEqualTo(PlateRead.IMAGE_TOO_LARGE);
    }

    /** Decoding fails later, and the alert states that the image cannot be read. */
    @ParameterizedTest
    @MethodSource("formats")
    void whatIsNoImageIsPassedOn(UnaryOperator<String> message) throws InvalidRecordException {
        assertThat(image(message.apply("R0lGODlh"))).isEqualTo("R0lGODlh");
        assertThat(image(message.apply("no;base64"))).isEqualTo("no;base64");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anEmptyImageIsNone(UnaryOperator<String> message) throws InvalidRecordException {
        assertThat(image(message.apply(""))).isNull();
    }

    @Test
    void whatIsNoImageCostsNoneOfTheOthers() throws InvalidRecordException {
        String broken =
                VendorMessages.AXIS_NEW
                        .replace(
                                "\"ImageArray\":[",
                                "\"ImageArray\":[null,7,[{}],{\"ImageType\":{}},")
                        .replace("\"imagesURI\":[", "\"imagesURI\":[null,{},");
        assertThat(broken).contains("[null,7", "[null,{}");
        assertThat(read(broken)).isEqualTo(read(VendorMessages.AXIS_NEW));
    }

    @Test
    void imagesOfTheSceneArePassedOver() throws InvalidRecordException {
        String message =
                VendorMessages.ALPR_GROUP.replace(
                        "\"country\"", "\"overview_jpeg\":\"" + LARGE + "\",\"country\"");
        assertThat(read(message).plateImage()).isEqualTo("/9j/4AAQ");
    }

    private static String image(String message) throws InvalidRecordException {
        return read(message).plateImage();
    }

    private static PlateRead read(String message) throws InvalidRecordException {
        return PlateFormat.AUTO
                .read(
                        message.getBytes(StandardCharsets.UTF_8),
                        "ARCO-1".getBytes(StandardCharsets.UTF_8))
                .get(0);
    }
}
