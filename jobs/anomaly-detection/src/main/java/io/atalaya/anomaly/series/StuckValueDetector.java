package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/** The same value again and again: a sensor that is stuck, if it never repeated itself so long. */
final class StuckValueDetector {
    static final int BYTES = 3 * Double.BYTES;

    private static final double USUAL = 2;
    private static final double MEMORY_DAYS = 30;
    private static final double MOST = 8;

    private double last;
    private double run;
    private double longest = USUAL;

    /**
     * How unusual it is that the value is still the same. If a value is followed by itself with a
     * chance q, the longest run in n values is about as long as makes q to its power 1/n; so the
     * past tells q, and a run that is k times the longest has a chance of 1/n to the power k.
     *
     * @return decimal logarithms that it is rarer than once in the past; 0 for a usual run
     */
    double judge(double value, SampleContext moment) {
        if (moment.count() > 1 && value == last) {
            run++;
        } else {
            longest =
                    run > longest
                            ? run
                            : longest
                                    + (Math.max(USUAL, run) - longest) * moment.share(MEMORY_DAYS);
            run = 0;
        }
        last = value;
        return Math.max(0, Math.min(MOST, (run / longest - 1) * Math.log10(moment.count())));
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
