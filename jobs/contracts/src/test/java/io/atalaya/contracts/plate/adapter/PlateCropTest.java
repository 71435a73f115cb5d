package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlateCropTest {
    @Test
    void aImageIsKeptUnlessItIsTooLarge() {
        String largest = "/9j/" + "A".repeat(PlateReadCodec.MAX_IMAGE - 4);
        assertThat(PlateCrop.of("/9j/4AA+/=")).isEqualTo("/9j/4AA+/=");
        assertThat(PlateCrop.of(largest)).isEqualTo(largest);
        assertThat(PlateCrop.of(largest + "A")).isEqualTo(PlateRead.IMAGE_TOO_LARGE);
    }

    @Test
    void whatCannotBeDecodedIsKeptForTheAlertToSaySo() {
        assertThat(PlateCrop.of("/9j/not;base64")).isEqualTo("/9j/not;base64");
        assertThat(PlateCrop.of("R0lGODlh")).isEqualTo("R0lGODlh");
    }

    @Test
    void linesAreJoined() {
        assertThat(PlateCrop.of("\n  /9j/\r\n  4AAQ\n")).isEqualTo("/9j/4AAQ");
    }

    @Test
    void anEmptyImageIsNone() {
        assertThat(PlateCrop.of(null)).isNull();
        assertThat(PlateCrop.of("")).isNull();
        assertThat(PlateCrop.of(" \n")).isNull();
    }
}
