package io.atalaya.plate.vendor.onvif;

import io.atalaya.json.InvalidRecordException;

import java.util.regex.Pattern;

/** Numbers of ONVIF messages, which are texts. */
final class OnvifNumber {
    /** As xs:float and JSON write them; Java's own parser takes more. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?[0-9]{1,20}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");

    private OnvifNumber() {}

    /** NaN where the text is no number: it is within no bounds. */
    static double orNaN(String text) {
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }

    /** A number from 0 to 1. */
    static double fraction(String field, String text) throws InvalidRecordException {
        double value = orNaN(text);
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidRecordException(field, text, "a number from 0 to 1");
        }
        return value;
    }
}
