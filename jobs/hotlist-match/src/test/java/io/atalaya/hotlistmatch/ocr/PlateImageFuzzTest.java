package io.atalaya.hotlistmatch.ocr;

import io.atalaya.fuzzing.FuzzTarget;
import io.atalaya.fuzzing.FuzzTest;

import org.junit.jupiter.api.Tag;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Fuzzes plate images, as files and as base64. */
@Tag("attack")
class PlateImageFuzzTest extends FuzzTest {
    private static final int MAX_PIXELS = 200_000;

    @Override
    public List<FuzzTarget<?>> targets() {
        return List.of(
                new FuzzTarget<>(
                        "plate-image",
                        file ->
                                PlateImage.decode(
                                        Base64.getEncoder().encodeToString(file), MAX_PIXELS),
                        PlateImage.UnusableException.class,
                        PlateImageFuzzTest::requireDrawable,
                        () ->
                                Stream.of(
                                                PlateImages.NKR4816,
                                                PlateImages.blank(64, 32),
                                                PlateImages.huge())
                                        .map(Base64.getDecoder()::decode)
                                        .toList()),
                new FuzzTarget<>(
                        "plate-image-base64",
                        text ->
                                PlateImage.decode(
                                        new String(text, StandardCharsets.UTF_8), MAX_PIXELS),
                        PlateImage.UnusableException.class,
                        PlateImageFuzzTest::requireDrawable,
                        () ->
                                Stream.of(
                                                "data:image/png;base64," + PlateImages.blank(9, 9),
                                                PlateImages.blank(64, 32),
                                                PlateImages.truncated())
                                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                                        .toList()));
    }

    /** Draws the image as {@link PlateReader} does before it reads it. */
    private static void requireDrawable(BufferedImage image) {
        assertThat((long) image.getWidth() * image.getHeight()).isBetween(64L, (long) MAX_PIXELS);
        BufferedImage scaled = new BufferedImage(32, 16, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = scaled.createGraphics();
        graphics.drawImage(image, 0, 0, 32, 16, null);
        graphics.dispose();
        scaled.getRGB(0, 0, 32, 16, null, 0, 32);
    }
}
