package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlateImageTest {
    private static final int MAX_PIXELS = 100_000;

    @Test
    void decodesJpegAndPng() throws Exception {
        assertThat(PlateImage.decode(PlateImages.NKR4816, MAX_PIXELS).getWidth()).isEqualTo(240);
        assertThat(PlateImage.decode(PlateImages.blank(64, 32), MAX_PIXELS).getHeight())
                .isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64,", "data:,"})
    void decodesWhatSendersMakeOfBase64(String prefix) throws Exception {
        String inLines = PlateImages.blank(64, 32).replaceAll("(.{20})", "$1\r\n");
        assertThat(PlateImage.decode(inLines, MAX_PIXELS).getHeight()).isEqualTo(32);
        assertThat(PlateImage.decode(prefix + inLines, MAX_PIXELS).getHeight()).isEqualTo(32);
    }

    @Test
    void rejectsByTheHeaderWhatWouldTakeTooMuchMemory() {
        assertRejected(PlateImages.huge(), OcrResult.Outcome.TOO_LARGE);
        assertRejected(PlateImages.blank(1_000, 101), OcrResult.Outcome.TOO_LARGE);
    }

    /** A decoder would fill the missing half with grey, which counts against every plate. */
    @Test
    void rejectsWhatIsNotWhole() {
        assertRejected(PlateImages.truncated(), OcrResult.Outcome.UNREADABLE);
        String png = PlateImages.blank(64, 32);
        assertRejected(png.substring(0, png.length() / 8 * 4), OcrResult.Outcome.UNREADABLE);
    }

    /** Each scan of a progressive JPEG passes over the whole image. */
    @Test
    void rejectsWhatADecoderWouldWalkOverTimeAndAgain() throws Exception {
        assertThat(PlateImage.decode(PlateImages.withScans(10), MAX_PIXELS)).isNotNull();
        assertRejected(PlateImages.withScans(64), OcrResult.Outcome.UNREADABLE);
    }

    @Test
    void rejectsWhatIsNoImage() {
        assertRejected(PlateImages.notAnImage(), OcrResult.Outcome.UNREADABLE);
        assertRejected("no base64!", OcrResult.Outcome.UNREADABLE);
        assertRejected("data:image/jpeg", OcrResult.Outcome.UNREADABLE);
        assertRejected("/9j/", OcrResult.Outcome.UNREADABLE);
        assertRejected("/9j/2f/Z", OcrResult.Outcome.UNREADABLE);
        assertRejected(PlateImages.blank(200, 2), OcrResult.Outcome.UNREADABLE);
    }

    private static void assertRejected(String base64, OcrResult.Outcome why) {
        assertThatThrownBy(() -> PlateImage.decode(base64, MAX_PIXELS))
                .isInstanceOfSatisfying(
                        PlateImage.UnusableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(why));
    }
}
