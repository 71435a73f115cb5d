package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.text.Text;

import java.util.regex.Pattern;

/** The bounds and forms of fields that several records of dispatch have. */
public final class Limits {
    public static final int MAX_ID = 128;
    static final int MAX_NAME = 128;
    static final int MAX_CODE = 64;
    static final int MAX_REASON = 1024;
    static final int MAX_TEXT = 4096;

    /** The form of the XML schema's type {@code language}, a superset of BCP 47. */
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

    private static final Pattern CNIE_CODE = Pattern.compile("[1-7][0-9]{4}");

    private Limits() {}

    /** An id of 1 to {@value #MAX_ID} characters. */
    static String id(String field, String value) {
        return Field.text(field, value, 1, MAX_ID);
    }

    /** Like {@link #id}, or null. */
    static String idOrNull(String field, String value) {
        return value == null ? null : id(field, value);
    }

    /** A text in that form, or null. */
    static String matching(String field, String value, Pattern form, String expected) {
        if (value != null && !form.matcher(value).matches()) {
            throw Field.invalid(field, value, expected);
        }
        return value;
    }

    /** A language tag such as {@code es-MX}, or null. */
    static String languageOrNull(String field, String value) {
        Field.textOrNull(field, value, 1, MAX_CODE);
        return matching(field, value, LANGUAGE, "a language tag such as es-MX");
    }

    /** A code of the national catalogue of incidents (CNIE), or null. */
    static String cnieCodeOrNull(String field, String value) {
        return matching(field, value, CNIE_CODE, "5 digits, the first from 1 to 7");
    }

    /** A text of which either language may be missing, or null. */
    static Text.Translation textOrNull(String field, Text.Translation text) {
        if (text != null) {
            Field.textOrNull(field + ".es", text.es(), 0, MAX_TEXT);
            Field.textOrNull(field + ".en", text.en(), 0, MAX_TEXT);
        }
        return text;
    }
}
