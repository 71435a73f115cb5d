package io.atalaya.contracts.json;

import java.util.List;

/**
 * Checks with which a record's constructor rejects what its contract does not allow, so that no
 * value that breaks the contract exists. Each returns the value, or throws an {@link
 * IllegalArgumentException} that names field, value and expectation as the codecs do.
 */
public final class Field {
    /** What is expected where a value is missing. */
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

    /** The same, or null. */
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

    /** The same, or null. */
    public static Long timeOrNull(String field, Long value) {
        if (value != null) {
            time(field, value);
        }
        return value;
    }

    /** A text of so many characters, a surrogate pair being one, that can be written as UTF-8. */
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

    /** The same, or null. */
    public static String textOrNull(String field, String value, int min, int max) {
        return value == null ? null : text(field, value, min, max);
    }

    /** At most so many elements, none of them null; copied unless it is immutable already. */
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

    /** At most so many texts, each as {@link #text} takes it. */
    public static List<String> texts(String field, List<String> value, int max, int maxText) {
        List<String> texts = list(field, value, max);
        for (int i = 0; i < texts.size(); i++) {
            text(field, texts.get(i), 1, maxText);
        }
        return texts;
    }

    /** A text of 1 to so many characters of which one at least is not blank, or null. */
    public static String visibleOrNull(String field, String value, int max) {
        if (value != null && !JsonIn.isVisible(text(field, value, 1, max))) {
            throw invalid(field, value, "a character that is not blank");
        }
        return value;
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
        return new IllegalArgumentException(
                new InvalidRecordException(field, value, expected).getMessage());
    }

    /** The same for a fault that has no single value: {@code got} is not quoted. */
    public static IllegalArgumentException fault(String field, String got, String expected) {
        return new IllegalArgumentException(
                InvalidRecordException.fault(field, got, expected).getMessage());
    }
}
