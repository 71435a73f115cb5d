package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/** Range of the values so far; its ends decay towards the level within months. */
final class Range {
    static final int BYTES = 3 * Double.BYTES;

    private static final double MEMORY_DAYS = 60;

    private double highest;
    private double lowest;
    private double deviation;

    /** Mean distance from the level. */
    double deviation() {
        return deviation;
    }

    double width() {
        return highest > lowest ? highest - lowest : 0;
    }

    /** How far a value is above all before, in mean distances; negative inside the range. */
    double above(double value) {
        return (value - highest) / (deviation + 1e-9);
    }

    double below(double value) {
        return (lowest - value) / (deviation + 1e-9);
    }

    void widen(double value, double level, SampleContext moment) {
        if (moment.count() == 1) {
            highest = value;
            lowest = value;
            return;
        }
        double back = moment.share(MEMORY_DAYS);
        highest = Math.max(value, highest - (highest - level) * back);
        lowest = Math.min(value, lowest + (level - lowest) * back);
    }

    void learn(double value, double level, SampleContext moment) {
        deviation += moment.gain(20) * (Math.abs(value - level) - deviation);
    }

    void write(ByteBuffer to) {
        to.putDouble(highest).putDouble(lowest).putDouble(deviation);
    }

    void read(ByteBuffer from) {
        highest = from.getDouble();
        lowest = from.getDouble();
        deviation = from.getDouble();
    }
}
