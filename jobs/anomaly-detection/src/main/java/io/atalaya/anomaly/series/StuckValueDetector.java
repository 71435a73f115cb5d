package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/** Detects a stuck sensor: the same value for longer than the series ever repeated one. */
final class StuckValueDetector {
    static final int BYTES = 3 * Double.BYTES;

    private static final double TYPICAL = 2;
    private static final double MEMORY_DAYS = 30;
    private static final double MAX_RARITY = 8;

    private double last;
    private double run;
    private double longest = TYPICAL;

    /**
     * Rarity of the current run of equal values. If a value repeats with probability q, the longest
     * run among n values is about as long as makes its probability 1/n. So the past gives q, and a
     * run of k times the longest has probability n^-k.
     *
     * @return decimal logarithms by which it is rarer than once in the past; 0 for a typical run
     */
    double evaluate(double value, SampleContext moment) {
        if (moment.count() > 1 && value == last) {
            run++;
        } else {
            longest =
                    run > longest
                            ? run
                            : longest
                                    + (Math.max(TYPICAL, run) - longest)
                                            * moment.share(MEMORY_DAYS);
            run = 0;
        }
        last = value;
        return Math.max(0, Math.min(MAX_RARITY, (run / longest - 1) * Math.log10(moment.count())));
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
