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

/** Decodes the image of a plate. It comes from outside: nothing is decoded before it is bounded. */
final class PlateImage {
    /** No plate can be read of less. */
    private static final int MIN_SIDE = 8;

    /**
     * Each scan of a JPEG is a walk over the whole image: a small file of thousands would take
     * minutes. Cameras send one, or ten.
     */
    private static final int MAX_PARTS = 64;

    /**
     * ImageIO is initialised once in a JVM, by plugins of the context class loader. That of a job
     * that has ended is closed, and no job on this machine could read an image any more.
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

    /** How a file begins, what its parts begin with, and how it ends. */
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

        /** The decoders fill in what is cut off, with grey: that would speak against any plate. */
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

    /** Why there is no image. */
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
     * The image.
     *
     * @param base64 of a JPEG or a PNG, in lines or in one; whoever took the message has bounded
     *     its length
     * @param maxPixels of an image that is decoded
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
            // Broken files make the decoders throw whatever they stumble over.
            throw new UnusableException(OcrResult.Outcome.UNREADABLE, e);
        }
    }

    /** Some senders put the image into a URI, {@code data:image/jpeg;base64,/9j/…}. */
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
