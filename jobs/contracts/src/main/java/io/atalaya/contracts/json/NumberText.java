package io.atalaya.contracts.json;

import java.util.regex.Pattern;

/** Numbers that a format writes as text: all of XML, and quoted ones in JSON. */
public final class NumberText {
    /**
     * Numbers as XML writes them, including {@code .5} and {@code 5.}, because Java's own parser
     * accepts more.
     */
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[+-]?([0-9]{1,20}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?");

    private NumberText() {}

    /** NaN, which is within no bounds, if the text is not a number. Minus zero becomes zero. */
    public static double orNaN(String text) {
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text) + 0.0 : Double.NaN;
    }

    /** A number from 0 to 1. */
    public static double fraction(String field, String text) throws InvalidRecordException {
        double value = orNaN(text);
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidRecordException(field, text, "a number from 0 to 1");
        }
        return value;
    }
}
