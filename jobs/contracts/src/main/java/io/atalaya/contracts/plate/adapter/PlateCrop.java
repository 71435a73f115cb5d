package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;

/**
 * The plate image in base64, as vendors put it into their messages. An image never rejects a read:
 * one that is too large becomes {@link PlateRead#IMAGE_TOO_LARGE}, and a broken one is kept, so
 * that the user sees why OCR verification is missing.
 */
public final class PlateCrop {
    private PlateCrop() {}

    /** Reads the parser's current value; null if it is empty. */
    public static String read(JsonIn in) throws InvalidRecordException {
        String base64 = in.anyStringUnlessLonger(PlateReadCodec.MAX_IMAGE);
        return base64 == null ? PlateRead.IMAGE_TOO_LARGE : of(base64);
    }

    /**
     * The image of a text that is already read.
     *
     * @param base64 in one or several lines, as XML allows; null without an image
     */
    public static String of(String base64) {
        if (base64 == null || base64.isBlank()) {
            return null;
        }
        String line = base64.replaceAll("\\s+", "");
        return line.length() > PlateReadCodec.MAX_IMAGE ? PlateRead.IMAGE_TOO_LARGE : line;
    }
}
