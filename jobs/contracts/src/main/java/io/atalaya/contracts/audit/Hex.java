package io.atalaya.contracts.audit;

import io.atalaya.contracts.json.Field;

import java.util.regex.Pattern;

/** The forms of hashes and numbers in the audit. */
final class Hex {
    /** Larger numbers are not exact in every reader of JSON. */
    private static final long MAX_NUMBER = (1L << 53) - 1;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Hex() {}

    static void hash(String field, String value) {
        Field.required(field, value);
        if (!HASH.matcher(value).matches()) {
            throw Field.invalid(field, value, "64 hexadecimal digits in lower case");
        }
    }

    static void number(String field, long value) {
        if (value < 0 || value > MAX_NUMBER) {
            throw Field.invalid(field, value, "a whole number from 0 to " + MAX_NUMBER);
        }
    }
}
