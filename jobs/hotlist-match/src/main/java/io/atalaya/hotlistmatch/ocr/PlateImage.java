package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrResult;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;

/** Decodes a plate image. Input is untrusted: its size is checked before it is decoded. */
final class PlateImage {
    /** Minimum width and height of a readable plate, pixels. */
    private static final int MIN_SIDE = 8;

    /**
     * Greatest number of scans or chunks. Each JPEG scan passes over the whole image, so a small
     * file with thousands of scans would take minutes. Cameras send one or ten.
     */
    private static final int MAX_PARTS = 64;

    /**
     * Initialises ImageIO with the platform class loader. ImageIO loads its plugins once per JVM
     * through the context class loader; that of an ended job is closed, and then no job on the
     * machine could decode an image.
     */
    static {
        Thread thread = Thread.currentThread();
        ClassLoader ofJob = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            ImageIO.getReaderFormatNames();
        } finally {
            thread.setContextClassLoader(ofJob);
        }
    }

    /** The bytes at the start of a file, at the start of its parts and at its end. */
    private enum Format {
        JPEG("ffd8ff", "ffda", "ffd9"),
        PNG("89504e470d0a1a0a", "49444154", "49454e44");

        private final byte[] magic;
        private final byte[] part;
        private final byte[] end;

        Format(String magic, String part, String end) {
            this.magic = HexFormat.of().parseHex(magic);
            this.part = HexFormat.of().parseHex(part);
            this.end = HexFormat.of().parseHex(end);
        }

        boolean begins(byte[] bytes) {
            return Arrays.mismatch(bytes, magic) == magic.length;
        }

        /** Decoders fill truncated parts with grey, which would count against any plate. */
        boolean isWhole(byte[] bytes) {
            return lastIndexOf(end, bytes, bytes.length) > lastIndexOf(part, bytes, bytes.length);
        }

        boolean hasFewParts(byte[] bytes) {
            int parts = 0;
            int at = lastIndexOf(part, bytes, bytes.length);
            while (at >= 0 && parts <= MAX_PARTS) {
                parts++;
                at = lastIndexOf(part, bytes, at);
            }
            return parts <= MAX_PARTS;
        }

        private static int lastIndexOf(byte[] mark, byte[] bytes, int before) {
            for (int from = before - mark.length; from >= 0; from--) {
                if (Arrays.equals(bytes, from, from + mark.length, mark, 0, mark.length)) {
                    return from;
                }
            }
            return -1;
        }
    }

    /** The reason why there is no image. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final OcrResult.Outcome outcome;

        private UnusableException(OcrResult.Outcome outcome, Throwable cause) {
            super(cause);
            this.outcome = outcome;
        }

        OcrResult.Outcome outcome() {
            return outcome;
        }
    }

    private PlateImage() {}

    /**
     * Decodes an image.
     *
     * @param base64 a JPEG or PNG, with or without line breaks; the receiver of the message has
     *     limited its length
     * @param maxPixels greatest size of an image that is decoded
     */
    static BufferedImage decode(String base64, int maxPixels) throws UnusableException {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(base64.substring(beginning(base64)));
        } catch (IllegalArgumentException e) {
            throw new UnusableException(OcrResult.Outcome.UNREADABLE, e);
        }
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = reader(bytes);
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > maxPixels) {
                    throw new UnusableException(OcrResult.Outcome.TOO_LARGE, null);
                }
                if (Math.min(width, height) < MIN_SIDE) {
                    throw new UnusableException(OcrResult.Outcome.UNREADABLE, null);
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Decoders throw arbitrary runtime exceptions for broken files.
            throw new UnusableException(OcrResult.Outcome.UNREADABLE, e);
        }
    }

    /** Some senders use a data URI, {@code data:image/jpeg;base64,/9j/…}. */
    private static int beginning(String base64) {
        return base64.startsWith("data:") ? base64.indexOf(',') + 1 : 0;
    }

    private static ImageReader reader(byte[] bytes) throws UnusableException {
        for (Format format : Format.values()) {
            if (format.begins(bytes) && format.isWhole(bytes) && format.hasFewParts(bytes)) {
                Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
                if (readers.hasNext()) {
                    return readers.next();
                }
            }
        }
        throw new UnusableException(OcrResult.Outcome.UNREADABLE, null);
    }
}
