package io.atalaya.ops.hotlist;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;

/**
 * Parses dates and times without an offset, as exported by spreadsheets, in the list's zone. A date
 * alone covers the whole day: it starts at its first moment and ends with its last millisecond.
 */
final class LocalTimes {
    private static final List<DateTimeFormatter> DAYS =
            List.of(format("uuuu-MM-dd"), format("d/M/uuuu"), format("uuuuMMdd"));
    private static final List<DateTimeFormatter> MOMENTS =
            List.of(format("uuuu-MM-dd['T'][' ']HH:mm[:ss]"), format("d/M/uuuu HH:mm[:ss]"));

    private final ZoneId zone;

    LocalTimes(ZoneId zone) {
        this.zone = zone;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * Epoch milliseconds, or null if the text is not a local time or its year is out of range.
     *
     * @param end whether a date alone means the end of the day
     */
    Long parse(String text, boolean end) {
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
                return end
                        ? millis(date.plusDays(1).atTime(LocalTime.MIN)) - 1
                        : millis(date.atTime(LocalTime.MIN));
            } catch (DateTimeException | ArithmeticException e) {
                continue;
            }
        }
        return null;
    }

    private long millis(LocalDateTime local) {
        return local.atZone(zone).toInstant().toEpochMilli();
    }
}
