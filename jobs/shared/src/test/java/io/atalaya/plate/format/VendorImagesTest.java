package io.atalaya.plate.format;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.plate.PlateRead;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Pictures of any size cost no read. */
class VendorImagesTest {
    private static final String LARGE = "/9j/" + "A".repeat(1_500_000);

    @Test
    void aPictureThatIsTooLargeIsLeftOut() throws InvalidRecordException {
        requireReadWithoutImage(VendorMessages.ALPR_GROUP.replace("/9j/4AAQ", LARGE));
        requireReadWithoutImage(VendorMessages.AXIS_NEW.replace("/9j/BBBB", LARGE));
        requireReadWithoutImage(
                VendorMessages.ONVIF_FRAME.replace(
                        "</tt:LicensePlateInfo>",
                        "<tt:Image>" + LARGE + "</tt:Image></tt:LicensePlateInfo>"));
        requireReadWithoutImage(
                VendorMessages.ONVIF_JSON_EVENT.replace(
                        "\"Data\":{", "\"Data\":{\"Image\":\"" + LARGE + "\","));
    }

    @Test
    void picturesOfTheSceneArePassedOver() throws InvalidRecordException {
        String message =
                VendorMessages.ALPR_GROUP.replace(
                        "\"country\"", "\"overview_jpeg\":\"" + LARGE + "\",\"country\"");
        assertThat(read(message).plateImage()).isEqualTo("/9j/4AAQ");
    }

    private static void requireReadWithoutImage(String message) throws InvalidRecordException {
        assertThat(message).contains(LARGE);
        assertThat(read(message).plateImage()).isNull();
    }

    private static PlateRead read(String message) throws InvalidRecordException {
        return PlateFormat.AUTO
                .read(
                        message.getBytes(StandardCharsets.UTF_8),
                        "ARCO-1".getBytes(StandardCharsets.UTF_8))
                .get(0);
    }
}
