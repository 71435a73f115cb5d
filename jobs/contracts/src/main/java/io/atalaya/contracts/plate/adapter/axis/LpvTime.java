package io.atalaya.contracts.plate.adapter.axis;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;

/** The times of one message: numbers, quoted or not, and a date that may lack its zone. */
final class LpvTime {
    private static final int MAX_TEXT = 64;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,19}");

    /**
     * {@code 20231211 142705507+0200}, built from fields because a date pattern's letters need
     * separators.
     */
    private static final DateTimeFormatter WITH_OFFSET =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4)
                    .appendValue(ChronoField.MONTH_OF_YEAR, 2)
                    .appendValue(ChronoField.DAY_OF_MONTH, 2)
                    .appendLiteral(' ')
                    .appendValue(ChronoField.HOUR_OF_DAY, 2)
                    .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
                    .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
                    .appendValue(ChronoField.MILLI_OF_SECOND, 3)
                    .optionalStart()
                    .appendLiteral(' ')
                    .optionalEnd()
                    .appendOffset("+HHmm", "Z")
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    private LpvTime() {}

    /**
     * Epoch ms of a count since 1970.
     *
     * @param perMilli units of the count in a millisecond
     */
    static long epoch(JsonIn in, long perMilli) throws InvalidRecordException {
        String text = in.scalar(MAX_TEXT);
        long count = -1;
        if (WHOLE_NUMBER.matcher(text).matches()) {
            try {
                count = Long.parseLong(text);
            } catch (NumberFormatException tooLarge) {
                // Rejected below.
            }
        }
        long time = count / perMilli;
        if (count < 0 || time > JsonIn.MAX_TIME) {
            throw in.invalid(text, "a whole number since 1970, " + unit(perMilli));
        }
        return time;
    }

    private static String unit(long perMilli) {
        return perMilli == 1 ? "in milliseconds" : "in nanoseconds";
    }

    /**
     * Epoch ms, or null if the text has no offset, because the camera's zone is not in the message.
     */
    static Long date(String text) {
        try {
            return OffsetDateTime.parse(text, WITH_OFFSET).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
