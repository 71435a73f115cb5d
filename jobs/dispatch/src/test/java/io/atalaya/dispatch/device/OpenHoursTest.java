package io.atalaya.dispatch.device;

import io.atalaya.contracts.dispatch.DeviceEvent.OpeningHours;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OpenHoursTest {
    private static final List<OpeningHours> SCHOOL =
            List.of(
                    new OpeningHours(
                            List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), "07:00", "14:30"));
    private static final List<OpeningHours> BAR =
            List.of(new OpeningHours(List.of(DayOfWeek.FRIDAY), "20:00", "02:00"));
    private static final List<OpeningHours> SHOP =
            List.of(new OpeningHours(List.of(), "00:00", "00:00"));

    /** 2026-07-06 is a Monday. Mexico City is 6 hours behind UTC in July too. */
    @ParameterizedTest
    @CsvSource({
        "2026-07-06T12:59:59Z, false",
        "2026-07-06T13:00:00Z, true",
        "2026-07-06T20:29:59Z, true",
        "2026-07-06T20:30:00Z, false",
        "2026-07-07T14:00:00Z, false",
        "2026-01-05T13:00:00Z, true",
        "2026-01-05T12:59:59Z, false",
    })
    void knowsTheHoursOfADay(Instant time, boolean isOpen) {
        assertThat(OpenHours.isOpen(SCHOOL, time.toEpochMilli())).isEqualTo(isOpen);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-11T01:59:00Z, false",
        "2026-07-11T02:00:00Z, true",
        "2026-07-11T07:59:00Z, true",
        "2026-07-11T08:00:00Z, false",
        "2026-07-10T07:00:00Z, false",
    })
    void knowsHoursThatEndOnTheNextDay(Instant time, boolean isOpen) {
        assertThat(OpenHours.isOpen(BAR, time.toEpochMilli())).isEqualTo(isOpen);
    }

    @Test
    void isOpenAllDayIfItClosesWhenItOpens() {
        assertThat(OpenHours.isOpen(SHOP, 0)).isTrue();
        assertThat(OpenHours.isOpen(List.of(), 0)).isFalse();
    }
}
