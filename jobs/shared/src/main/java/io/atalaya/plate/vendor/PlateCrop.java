package io.atalaya.plate.vendor;

import io.atalaya.plate.PlateReadJson;

/** The picture of the plate in base64, as vendors put it into their messages. */
public final class PlateCrop {
    /** How the base64 of the two formats begins that the contract allows. */
    private static final String JPEG = "/9j/";

    private static final String PNG = "iVBORw0KGgo";

    private PlateCrop() {}

    /**
     * The picture; null where there is none, where it is larger than a read may carry, or where it
     * is neither JPEG nor PNG. A read is never refused for its picture.
     */
    public static String orNull(String base64) {
        return base64 != null
                        && base64.length() <= PlateReadJson.MAX_IMAGE
                        && (base64.startsWith(JPEG) || base64.startsWith(PNG))
                        && base64.chars().allMatch(PlateCrop::isBase64)
                ? base64
                : null;
    }

    private static boolean isBase64(int c) {
        return c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/'
                || c == '=';
    }
}
