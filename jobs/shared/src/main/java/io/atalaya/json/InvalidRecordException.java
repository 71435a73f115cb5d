package io.atalaya.json;

/**
 * An input record that cannot be used: which field, what it held, what was expected. The message is
 * written for the technician who owns the sender. Stackless: hostile input must not cost stack
 * walks.
 */
public final class InvalidRecordException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String field;

    public InvalidRecordException(String field, Object value, String expected) {
        super(field + ": got " + shown(value) + ", expected " + expected, null, false, false);
        this.field = field;
    }

    /** Path of the offending field, for example {@code candidates[1].plate}. */
    public String field() {
        return field;
    }

    private static String shown(Object value) {
        if (value == null) {
            return "nothing";
        }
        String text = String.valueOf(value);
        String head =
                text.length() <= SHOWN
                        ? text
                        : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
        return value instanceof CharSequence ? '"' + head + '"' : head;
    }
}
