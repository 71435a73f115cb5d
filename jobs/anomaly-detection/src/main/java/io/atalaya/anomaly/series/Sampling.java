package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/** Sampling interval of a series, learned from its times. */
final class Sampling {
    static final int BYTES = 3 * Long.BYTES + Double.BYTES;

    private static final double HOUR = 3_600_000.0;
    private static final long DAY = 86_400_000L;

    /** 1 January 1970 was a Thursday. */
    private static final int FIRST_WEEKDAY = 3;

    private static final double MAX_STEP = 4;

    private long first;
    private long last;
    private long count;
    private double stepHours;

    /**
     * The context of the next value.
     *
     * @param time epoch ms; one that is not later than the last counts as 1 ms after it
     */
    SampleContext next(long time) {
        double since = count == 0 ? 0 : Math.max(1, time - last) / HOUR;
        if (count == 0) {
            first = time;
        } else if (count == 1) {
            stepHours = since;
        } else {
            stepHours +=
                    Math.max(0.01, 1.0 / count)
                            * (Math.min(since, MAX_STEP * stepHours) - stepHours);
        }
        last = count == 0 ? time : Math.max(last, time);
        count++;
        double step = Math.max(1 / HOUR, stepHours);
        return new SampleContext(
                since,
                Math.min(since, 2 * step),
                step,
                (int) (Math.floorMod(time, DAY) * SampleContext.SLOTS / DAY),
                Math.floorMod(Math.floorDiv(time, DAY) + FIRST_WEEKDAY, SampleContext.WEEKDAYS),
                count,
                (last - first) / (double) DAY);
    }

    void write(ByteBuffer to) {
        to.putLong(first).putLong(last).putLong(count).putDouble(stepHours);
    }

    void read(ByteBuffer from) {
        first = from.getLong();
        last = from.getLong();
        count = from.getLong();
        stepHours = from.getDouble();
    }
}
