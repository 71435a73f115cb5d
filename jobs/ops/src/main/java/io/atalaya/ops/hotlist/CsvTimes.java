package io.atalaya.ops.hotlist;

import io.atalaya.contracts.json.IsoTime;
import io.atalaya.contracts.json.JsonIn;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parses the dates and times of a CSV list: as spreadsheets export them, without an offset and so
 * in the list's zone, or as in the topic. A date alone covers the whole day: it starts at its first
 * moment and ends with its last millisecond.
 */
final class CsvTimes {
    private static final List<DateTimeFormatter> DAYS =
            List.of(format("uuuu-MM-dd"), format("d/M/uuuu"), format("uuuuMMdd"));
    private static final List<DateTimeFormatter> MOMENTS =
            List.of(format("uuuu-MM-dd['T'][' ']HH:mm[:ss]"), format("d/M/uuuu HH:mm[:ss]"));

    /**
     * From 2001 on. Fewer digits are seconds or a spreadsheet's days since 1900, 14 are a day and
     * time, and 15 stand for no end.
     */
    private static final Pattern EPOCH_MILLIS = Pattern.compile("[0-9]{13}|[0-9]{15}");

    private static final Pattern SERIAL_DAY = Pattern.compile("[0-9]{5}");

    private final ZoneId zone;

    CsvTimes(ZoneId zone) {
        this.zone = zone;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * Epoch milliseconds, or null if the text is no such time or its year is out of range.
     *
     * @param end whether a date alone means the end of the day
     */
    Long parse(String text, boolean end) {
        Long time = millis(text, end);
        return time == null || time < 0 || time > JsonIn.MAX_TIME ? null : time;
    }

    private Long millis(String text, boolean end) {
        if (EPOCH_MILLIS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        for (DateTimeFormatter moment : MOMENTS) {
            try {
                return millis(LocalDateTime.parse(text, moment));
            } catch (DateTimeException | ArithmeticException e) {
                continue;
            }
        }
        for (DateTimeFormatter day : DAYS) {
            try {
                LocalDate date = LocalDate.parse(text, day);
                // West of Greenwich the last day of the year 9999 ends in another year of UTC.
                return end
                        ? Math.min(
                                millis(date.plusDays(1).atTime(LocalTime.MIN)) - 1, JsonIn.MAX_TIME)
                        : millis(date.atTime(LocalTime.MIN));
            } catch (DateTimeException | ArithmeticException e) {
                continue;
            }
        }
        try {
            return IsoTime.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** What is expected in place of a text that is no such time. */
    static String expected(String text) {
        if (Stream.of(DAYS, MOMENTS).flatMap(List::stream).anyMatch(form -> fits(text, form))) {
            return "a day of the calendar (and a time of the day), years 1970 to 9999";
        }
        return "a date such as 31/12/2026, 2026-12-31 or 20261231, a time such as 31/12/2026 18:30"
                + " or 2026-12-31T18:30 (with or without an offset), or epoch ms from 2001 on"
                + (SERIAL_DAY.matcher(text).matches()
                        ? "; this is a spreadsheet's serial number of a day"
                        : "");
    }

    private static boolean fits(String text, DateTimeFormatter form) {
        ParsePosition position = new ParsePosition(0);
        return form.parseUnresolved(text, position) != null && position.getIndex() == text.length();
    }

    private long millis(LocalDateTime local) {
        return local.atZone(zone).toInstant().toEpochMilli();
    }
}
