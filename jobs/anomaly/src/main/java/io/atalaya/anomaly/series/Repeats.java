package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/** The same value again and again: a sensor that is stuck, if it never repeated itself so long. */
final class Repeats {
    static final int BYTES = 3 * Double.BYTES;

    private static final double USUAL = 2;
    private static final double MEMORY_DAYS = 30;
    private static final double WEIGHT = 2;

    private double last = Double.NaN;
    private double run;
    private double longest = USUAL;

    /** 0 for no run; 2 ln of its length over the longest one of the past, where it is longer. */
    double judge(double value, Moment moment) {
        if (value == last) {
            run++;
        } else {
            longest =
                    run > longest
                            ? run
                            : longest
                                    + (Math.max(USUAL, run) - longest)
                                            * moment.stepDays()
                                            / MEMORY_DAYS;
            run = 0;
        }
        last = value;
        return run <= 1 ? 0 : WEIGHT * Math.max(0, Math.log((run + 1) / (longest + 1)));
    }

    void write(ByteBuffer to) {
        to.putDouble(last).putDouble(run).putDouble(longest);
    }

    void read(ByteBuffer from) {
        last = from.getDouble();
        run = from.getDouble();
        longest = from.getDouble();
    }
}
