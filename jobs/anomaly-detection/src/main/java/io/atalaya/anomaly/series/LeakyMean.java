package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/** A mean over the last hours, forgetting exponentially. A gap in the series drains it. */
final class LeakyMean {
    static final int BYTES = Double.BYTES;

    private final double hours;
    private double value;

    /** 0 hours: the last value alone. */
    LeakyMean(double hours) {
        this.hours = hours;
    }

    double hours() {
        return hours;
    }

    double value() {
        return value;
    }

    double add(double next, SampleContext moment) {
        if (hours == 0) {
            value = next;
        } else {
            value *= Math.exp(-moment.sinceHours() / hours);
            value += -Math.expm1(-moment.coveredHours() / hours) * next;
        }
        return value;
    }

    void write(ByteBuffer to) {
        to.putDouble(value);
    }

    void read(ByteBuffer from) {
        value = from.getDouble();
    }
}
