package io.atalaya.contracts.onvif;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.NumberText;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;

/** Parses the times of ONVIF messages. */
public final class OnvifTime {
    /**
     * Accepts months and days of one digit, which occur even in the specification. A comma before
     * fractions (allowed by ISO 8601) and a blank before the hour (RFC 3339) are replaced first.
     */
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendValue(ChronoField.YEAR, 4)
                    .appendLiteral('-')
                    .appendValue(ChronoField.MONTH_OF_YEAR, 1, 2, SignStyle.NOT_NEGATIVE)
                    .appendLiteral('-')
                    .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
                    .appendLiteral('T')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .appendOffsetId()
                    .optionalEnd()
                    // An offset without colon, as strftime and many cameras write it.
                    .optionalStart()
                    .appendOffset("+HHmm", "Z")
                    .optionalEnd()
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    private OnvifTime() {}

    /**
     * Epoch ms of a {@code UtcTime}, which is UTC even without a zone. XML allows blanks around it.
     *
     * @param text or null
     */
    public static long utc(String field, String text) throws InvalidRecordException {
        if (text == null || text.isEmpty()) {
            throw new InvalidRecordException(field, null, "a value: the field is required");
        }
        try {
            var parsed =
                    FORMAT.parseBest(
                            text.strip().replace(',', '.').replace(' ', 'T'),
                            OffsetDateTime::from,
                            LocalDateTime::from);
            long time =
                    parsed instanceof OffsetDateTime offset
                            ? offset.toInstant().toEpochMilli()
                            : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC).toEpochMilli();
            if (time >= 0 && time <= JsonIn.MAX_TIME) {
                return time;
            }
        } catch (DateTimeException e) {
            // Rejected below.
        }
        throw new InvalidRecordException(
                field, text, "a UTC time such as 2026-01-31T12:00:00.123Z, years 1970 to 9999");
    }

    /** Epoch ms of a count of milliseconds, which Axis writes beside UtcTime. */
    public static long epochMillis(String field, String text) throws InvalidRecordException {
        double value = NumberText.orNaN(text);
        if (!(value >= 0 && value <= JsonIn.MAX_TIME)) {
            throw new InvalidRecordException(field, text, "epoch milliseconds");
        }
        return (long) value;
    }
}
