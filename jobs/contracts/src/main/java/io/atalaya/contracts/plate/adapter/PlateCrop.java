package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;

/**
 * The picture of the plate in base64, as vendors put it into their messages. No read is refused for
 * its picture: one that is too large gives way to {@link PlateRead#IMAGE_TOO_LARGE}, and one that
 * is broken is kept, so that whoever looks at the read is told why there is no second opinion.
 */
public final class PlateCrop {
    private PlateCrop() {}

    /** The value that the parser stands at; null if it is empty. */
    public static String read(JsonIn in) throws InvalidRecordException {
        String base64 = in.anyStringUnlessLonger(PlateReadCodec.MAX_IMAGE);
        return base64 == null ? PlateRead.IMAGE_TOO_LARGE : of(base64);
    }

    /**
     * The same of a text that was read already.
     *
     * @param base64 in lines or in one, as XML allows; null: there is none
     */
    public static String of(String base64) {
        if (base64 == null || base64.isBlank()) {
            return null;
        }
        String line = base64.replaceAll("\\s+", "");
        return line.length() > PlateReadCodec.MAX_IMAGE ? PlateRead.IMAGE_TOO_LARGE : line;
    }
}
