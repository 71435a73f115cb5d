package io.atalaya.contracts.json;

import java.util.regex.Pattern;

/** Numbers that a format writes as texts: all of XML, and what JSON has in quotes. */
public final class NumberText {
    /** As XML writes them, {@code .5} and {@code 5.} too; Java's own parser takes more. */
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[+-]?([0-9]{1,20}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?");

    private NumberText() {}

    /** NaN where the text is no number: it is within no bounds. Minus zero is zero. */
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
