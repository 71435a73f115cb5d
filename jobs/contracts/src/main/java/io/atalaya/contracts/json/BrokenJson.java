package io.atalaya.contracts.json;

import com.fasterxml.jackson.core.JsonProcessingException;

import java.util.regex.Pattern;

/** A parser's message about broken JSON, worded for the technician who owns the sender. */
public final class BrokenJson {
    /**
     * The parser's hints for its own programmer: the location of the source, and the option that
     * sets or lifts a bound.
     */
    private static final Pattern INTERNALS =
            Pattern.compile(
                    " \\(start marker at \\[.*?]\\)|, from `[^`]*`|: enable `[^`]*` to allow");

    private BrokenJson() {}

    /** Such as {@code broken JSON (Unexpected end-of-input at byte 7)}. */
    public static String words(JsonProcessingException e) {
        String what = INTERNALS.matcher(e.getOriginalMessage()).replaceAll("");
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return "broken JSON (" + what + (at < 0 ? "" : " at byte " + at) + ")";
    }
}
