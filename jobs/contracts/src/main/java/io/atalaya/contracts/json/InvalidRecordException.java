package io.atalaya.contracts.json;

import java.util.HexFormat;

/**
 * An input record that cannot be used: the field, its value and what was expected. The message is
 * written for the technician who owns the sender. It has no stack trace, so that hostile input does
 * not cost stack walks.
 */
public final class InvalidRecordException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_VALUE = 80;

    /** Bounded because a parser's message can quote the whole record. */
    private static final int MAX_FAULT = 500;

    private final String field;
    private final String fault;

    /** A value that differs from what was expected. */
    public InvalidRecordException(String field, Object value, String expected) {
        this(
                printable(field),
                fault(
                        value instanceof CharSequence text
                                ? '"' + cut(text.toString()) + '"'
                                : cut(value),
                        expected));
    }

    private InvalidRecordException(String field, String fault) {
        super(field + fault, null, false, false);
        this.field = field;
        this.fault = fault;
    }

    /** A fault without a single value, in words: {@code got} is not quoted. */
    public static InvalidRecordException fault(String field, String got, String expected) {
        return new InvalidRecordException(printable(field), fault(got, expected));
    }

    private static String fault(String got, String expected) {
        return ": got " + printable(got) + ", expected " + expected;
    }

    /** Path of the offending field, for example {@code candidates[1].plate}. */
    public String field() {
        return field;
    }

    /** The same fault, for a field of the value at that path. */
    public InvalidRecordException within(String outer) {
        String dot = outer.isEmpty() || field.isEmpty() || field.startsWith("[") ? "" : ".";
        return new InvalidRecordException(printable(outer) + dot + field, fault);
    }

    private static String cut(Object value) {
        if (value == null) {
            return "nothing";
        }
        return cut(value.toString(), MAX_VALUE);
    }

    private static String cut(String text, int max) {
        return text.length() <= max
                ? text
                : text.substring(0, max) + "… (" + text.length() + " characters)";
    }

    /**
     * The start of the text without control codes and half surrogate pairs, because the text goes
     * to terminals, headers and logs.
     */
    public static String printable(String uncut) {
        String text = cut(uncut, MAX_FAULT);
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int width = Character.charCount(c);
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                if (clean == null) {
                    clean = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                clean.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            } else if (clean != null) {
                clean.appendCodePoint(c);
            }
            i += width;
        }
        return clean == null ? text : clean.toString();
    }
}
