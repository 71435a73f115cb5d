package io.atalaya.contracts.json;

import java.util.List;

/**
 * Checks by which a record's constructor rejects values that its contract does not allow, so that
 * no invalid record exists. Each check returns the value, or throws an {@link
 * IllegalArgumentException} that names field, value and expectation as the codecs do.
 */
public final class Field {
    /** The expectation in the message about a missing value. */
    public static final String REQUIRED = "a value: the field is required";

    private Field() {}

    /** A number that is neither NaN nor infinite; minus zero becomes zero. */
    public static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw invalid(field, value, "a finite number");
        }
        return value + 0.0;
    }

    /** A number within the bounds, both included; minus zero becomes zero. */
    public static double number(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw invalid(field, value, "a number from " + min + " to " + max);
        }
        return value + 0.0;
    }

    /** Like {@link #number}, or null. */
    public static Double numberOrNull(String field, Double value, double min, double max) {
        if (value == null) {
            return null;
        }
        double number = number(field, value, min, max);
        return number == 0 ? (Double) number : value;
    }

    /** A whole number within the bounds, both included. */
    public static int integer(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw invalid(field, value, "a whole number from " + min + " to " + max);
        }
        return value;
    }

    /** A point in time from 1970 to 9999, epoch ms. */
    public static long time(String field, long value) {
        if (value < 0 || value > JsonIn.MAX_TIME) {
            throw invalid(field, value, "epoch milliseconds, years 1970 to 9999");
        }
        return value;
    }

    /** Like {@link #time}, or null. */
    public static Long timeOrNull(String field, Long value) {
        if (value != null) {
            time(field, value);
        }
        return value;
    }

    /**
     * A text of {@code min} to {@code max} characters that can be written as UTF-8; a surrogate
     * pair counts as one.
     */
    public static String text(String field, String value, int min, int max) {
        required(field, value);
        if (value.length() < min
                || value.length() > max && value.codePointCount(0, value.length()) > max) {
            throw invalid(field, value, min + " to " + max + " characters");
        }
        if (!Utf8.isEncodable(value)) {
            throw invalid(field, value, "text without half surrogate pairs");
        }
        return value;
    }

    /** Like {@link #text}, or null. */
    public static String textOrNull(String field, String value, int min, int max) {
        return value == null ? null : text(field, value, min, max);
    }

    /** At most {@code max} elements, each not null; copied unless the list is already immutable. */
    public static <T> List<T> list(String field, List<T> value, int max) {
        required(field, value);
        if (value.size() > max) {
            throw fault(field, value.size() + " elements", "at most " + max + " elements");
        }
        try {
            return List.copyOf(value);
        } catch (NullPointerException e) {
            throw fault(field, "a null element", "elements that are not null");
        }
    }

    /** At most {@code max} texts, each of 1 to {@code maxText} characters, see {@link #text}. */
    public static List<String> texts(String field, List<String> value, int max, int maxText) {
        List<String> texts = list(field, value, max);
        for (int i = 0; i < texts.size(); i++) {
            text(field + "[" + i + "]", texts.get(i), 1, maxText);
        }
        return texts;
    }

    /** A text of 1 to {@code max} characters, at least one of them not blank. */
    public static String visible(String field, String value, int max) {
        if (!JsonIn.isVisible(text(field, value, 1, max))) {
            throw invalid(field, value, "a character that is not blank");
        }
        return value;
    }

    /** Like {@link #visible}, or null. */
    public static String visibleOrNull(String field, String value, int max) {
        return value == null ? null : visible(field, value, max);
    }

    /** A value that is not null. */
    public static <T> T required(String field, T value) {
        if (value == null) {
            throw invalid(field, null, REQUIRED);
        }
        return value;
    }

    /** The exception for a value that breaks its contract. */
    public static IllegalArgumentException invalid(String field, Object value, String expected) {
        return illegal(new InvalidRecordException(field, value, expected));
    }

    /** The exception for a fault without a single value: {@code got} is not quoted. */
    public static IllegalArgumentException fault(String field, String got, String expected) {
        return illegal(InvalidRecordException.fault(field, got, expected));
    }

    private static IllegalArgumentException illegal(InvalidRecordException fault) {
        return new IllegalArgumentException(fault.getMessage(), fault);
    }
}
