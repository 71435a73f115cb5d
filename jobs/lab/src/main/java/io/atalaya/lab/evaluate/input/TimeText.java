package io.atalaya.lab.evaluate.input;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/** Parses times in exported tables: ISO 8601, also with a blank in place of T. */
public final class TimeText {
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd[' ']['T']HH:mm[:ss]")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendPattern("[XXX][XX]")
                    .toFormatter();

    private TimeText() {}

    /**
     * Parses a time; without an offset it is UTC.
     *
     * @throws DateTimeParseException if it is malformed
     */
    public static Instant read(String text) {
        TemporalAccessor time = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime known
                ? known.toInstant()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    }
}
