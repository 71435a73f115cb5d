package io.atalaya.dispatch.device;

import io.atalaya.contracts.dispatch.DeviceEvent.OpeningHours;
import io.atalaya.dispatch.policy.Policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;

/** Whether premises are open. */
final class OpenHours {
    private OpenHours() {}

    /**
     * @param time epoch ms
     * @return false where the hours are unknown
     */
    static boolean isOpen(List<OpeningHours> hours, long time) {
        if (hours.isEmpty()) {
            return false;
        }
        ZonedDateTime local = Instant.ofEpochMilli(time).atZone(Policy.ZONE);
        return hours.stream().anyMatch(each -> isOpen(each, local));
    }

    private static boolean isOpen(OpeningHours hours, ZonedDateTime local) {
        LocalTime opens = LocalTime.parse(hours.opens());
        LocalTime closes = LocalTime.parse(hours.closes());
        LocalTime time = local.toLocalTime();
        if (opens.isBefore(closes)) {
            return isOf(hours, local.getDayOfWeek())
                    && !time.isBefore(opens)
                    && time.isBefore(closes);
        }
        return (isOf(hours, local.getDayOfWeek()) && !time.isBefore(opens))
                || (isOf(hours, local.getDayOfWeek().minus(1)) && time.isBefore(closes));
    }

    private static boolean isOf(OpeningHours hours, DayOfWeek day) {
        return hours.dayOfWeek().isEmpty() || hours.dayOfWeek().contains(day);
    }
}
