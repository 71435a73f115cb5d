package io.atalaya.plate.vendor;

import io.atalaya.plate.PlateReadJson;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlateCropTest {
    @Test
    void onlyPicturesOfTheTwoFormatsWithinTheSizeAreTaken() {
        String largest = "/9j/" + "A".repeat(PlateReadJson.MAX_IMAGE - 4);
        assertThat(PlateCrop.orNull("/9j/4AA+/=")).isEqualTo("/9j/4AA+/=");
        assertThat(PlateCrop.orNull("iVBORw0KGgoA")).isEqualTo("iVBORw0KGgoA");
        assertThat(PlateCrop.orNull(largest)).isEqualTo(largest);
        assertThat(PlateCrop.orNull(largest + "A")).isNull();
        assertThat(PlateCrop.orNull("/9j/not base64")).isNull();
        assertThat(PlateCrop.orNull("R0lGODlh")).isNull();
        assertThat(PlateCrop.orNull("")).isNull();
        assertThat(PlateCrop.orNull(null)).isNull();
    }
}
