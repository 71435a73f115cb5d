package io.atalaya.hotlistmatch.ocr;

import javax.imageio.ImageIO;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Drawn images of a plate and broken variants of them, in base64. */
public final class PlateImages {
    /** Shows {@code NKR4816}, and above it, smaller, the name of a state. */
    public static final String NKR4816 = base64(bytes("/plates/NKR4816.jpg"));

    private PlateImages() {}

    /** Truncated in the middle; decoders fill in the rest. */
    public static String truncated() {
        byte[] whole = bytes("/plates/NKR4816.jpg");
        return base64(Arrays.copyOf(whole, whole.length / 2));
    }

    /** A few kilobytes that would be decoded to gigabytes. */
    public static String huge() {
        byte[] image = png(64, 32);
        // Width and height are in the first chunk, in four bytes each.
        image[17] = 1;
        image[21] = 1;
        return base64(image);
    }

    /** Appends this many starts of a scan. */
    static String withScans(int count) {
        byte[] whole = bytes("/plates/NKR4816.jpg");
        String scans = "ffda".repeat(count) + "ffd9";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(whole);
        out.writeBytes(HexFormat.of().parseHex(scans));
        return base64(out.toByteArray());
    }

    /** A complete image without content. */
    public static String blank(int width, int height) {
        return base64(png(width, height));
    }

    public static String notAnImage() {
        return base64("GIF89a, or so they said".getBytes(StandardCharsets.UTF_8));
    }

    /** {@link #NKR4816} turned by 90 degrees. */
    static String turned() {
        try {
            BufferedImage upright =
                    ImageIO.read(new ByteArrayInputStream(bytes("/plates/NKR4816.jpg")));
            BufferedImage turned =
                    new BufferedImage(
                            upright.getHeight(), upright.getWidth(), BufferedImage.TYPE_INT_RGB);
            for (int x = 0; x < turned.getWidth(); x++) {
                for (int y = 0; y < turned.getHeight(); y++) {
                    turned.setRGB(x, y, upright.getRGB(y, turned.getWidth() - 1 - x));
                }
            }
            return base64(png(turned));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] png(int width, int height) {
        return png(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB));
    }

    private static byte[] png(BufferedImage image) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = PlateImages.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
