package io.atalaya.contracts.json;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;

/**
 * ISO-8601 with an offset. In addition to {@link OffsetDateTime#parse} it accepts an offset without
 * colon, as {@code strftime} and many cameras write it.
 */
public final class IsoTime {
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HHmm", "Z")
                    .optionalEnd()
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    private IsoTime() {}

    /**
     * Epoch milliseconds.
     *
     * @throws java.time.DateTimeException if the text is not such a time
     * @throws ArithmeticException if the time is out of range
     */
    public static long parse(String text) {
        return OffsetDateTime.parse(text, FORMAT).toInstant().toEpochMilli();
    }
}
