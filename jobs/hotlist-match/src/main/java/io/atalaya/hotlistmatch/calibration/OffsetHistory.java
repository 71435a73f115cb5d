package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.event.CalibrationOffset;

import java.util.ArrayList;
import java.util.List;

/**
 * The last offsets of one subject, oldest first. A passage is always evaluated with the offset of
 * the time at which it became known, however often it is evaluated.
 */
public record OffsetHistory(List<Period> periods) {
    private static final int MAX = 32;

    static final OffsetHistory EMPTY = new OffsetHistory(List.of());

    /** An offset and the arrival time from which it holds, until the next period. */
    public record Period(long inForceFrom, CalibrationOffset offset) {}

    /**
     * Adds an offset that holds from {@code from}, or from the start of the last period if that is
     * later.
     */
    OffsetHistory with(long from, CalibrationOffset offset) {
        List<Period> all = new ArrayList<>(periods);
        long since = from;
        if (!all.isEmpty()) {
            since = Math.max(from, last().inForceFrom());
            if (since == last().inForceFrom()) {
                all.remove(all.size() - 1);
            }
        }
        all.add(new Period(since, offset));
        return new OffsetHistory(
                List.copyOf(all.subList(Math.max(0, all.size() - MAX), all.size())));
    }

    /**
     * The offset at an arrival time. Before the first period it is the earliest offset if the
     * history is full, and otherwise {@link CalibrationOffset#NONE}.
     */
    CalibrationOffset at(long arrival) {
        CalibrationOffset offset =
                periods.size() == MAX ? periods.get(0).offset() : CalibrationOffset.NONE;
        for (Period period : periods) {
            if (period.inForceFrom() <= arrival) {
                offset = period.offset();
            }
        }
        return offset;
    }

    /** The current offset; the history must not be empty. */
    CalibrationOffset current() {
        return last().offset();
    }

    private Period last() {
        return periods.get(periods.size() - 1);
    }
}
