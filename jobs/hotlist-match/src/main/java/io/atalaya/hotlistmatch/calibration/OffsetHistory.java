package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.event.CalibrationOffset;

import java.util.ArrayList;
import java.util.List;

/**
 * The last shifts of one subject, oldest first, so that a passage is judged by what had been
 * answered when it became known, however often it is judged again.
 */
public record OffsetHistory(List<Period> periods) {
    private static final int MAX = 32;

    static final OffsetHistory EMPTY = new OffsetHistory(List.of());

    /** A shift and the arrival from which it holds, until the next one. */
    public record Period(long from, CalibrationOffset offset) {}

    /** With another shift, which holds from then on, or from when the last one began if later. */
    OffsetHistory with(long from, CalibrationOffset offset) {
        List<Period> all = new ArrayList<>(periods);
        long since = from;
        if (!all.isEmpty()) {
            since = Math.max(from, last().from());
            if (since == last().from()) {
                all.remove(all.size() - 1);
            }
        }
        all.add(new Period(since, offset));
        return new OffsetHistory(
                List.copyOf(all.subList(Math.max(0, all.size() - MAX), all.size())));
    }

    /** What held at an arrival; of what is no longer known, the earliest that is. */
    CalibrationOffset at(long arrival) {
        CalibrationOffset offset =
                periods.size() == MAX ? periods.get(0).offset() : CalibrationOffset.NONE;
        for (Period period : periods) {
            if (period.from() <= arrival) {
                offset = period.offset();
            }
        }
        return offset;
    }

    /** What holds now; only of a history that is not empty. */
    CalibrationOffset current() {
        return last().offset();
    }

    private Period last() {
        return periods.get(periods.size() - 1);
    }
}
