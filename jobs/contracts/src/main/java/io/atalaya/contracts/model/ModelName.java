package io.atalaya.contracts.model;

import io.atalaya.contracts.json.Field;

import java.util.regex.Pattern;

/**
 * The names of models and versions: valid directory names on every system that cannot lead to
 * another directory.
 */
public final class ModelName {
    private static final Pattern NAMES = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,63}");

    private ModelName() {}

    /** Whether a text, which may be null, is such a name. */
    public static boolean is(String text) {
        return text != null && NAMES.matcher(text).matches();
    }

    /** Rejects a text that is no such name; null passes. */
    static void require(String field, String text) {
        if (text != null && !is(text)) {
            throw Field.invalid(
                    field,
                    text,
                    "1 to 64 letters of a to z, digits, '.', '_' and '-', the first no sign");
        }
    }
}
