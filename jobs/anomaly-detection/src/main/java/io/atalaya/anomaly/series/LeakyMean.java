package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/** Mean over the last hours with exponential decay. A gap in the series moves it towards 0. */
final class LeakyMean {
    static final int BYTES = Double.BYTES;

    private final double hours;
    private double value;

    /**
     * @param hours time constant; 0 keeps only the last value
     */
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
