package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/**
 * Mean absolute deviation of a residual, overall and per half hour of the day, because road traffic
 * varies much in the rush hour and little at night. A half hour with little data is drawn to the
 * overall value.
 */
final class SlotSpread {
    static final int BYTES = Double.BYTES + 2 * SampleContext.SLOTS * Float.BYTES;

    private static final double MEMORY_DAYS = 20;

    /** Weight of the overall value, in days of a half hour. */
    private static final double LEANING = 3;

    /** Residuals are clipped to this multiple of the spread. */
    private static final double LIMIT = 6;

    private static final int FEW = 30;

    private final float[] bySlot = new float[SampleContext.SLOTS];
    private final float[] evidence = new float[SampleContext.SLOTS];
    private double overall;

    double overall() {
        return overall;
    }

    double at(SampleContext moment, double least) {
        double seen = evidence[moment.slot()];
        return Math.max(
                least, (bySlot[moment.slot()] * seen + LEANING * overall) / (seen + LEANING));
    }

    /**
     * Learns a residual.
     *
     * @param spread the value of {@link #at}
     */
    void learn(double residual, SampleContext moment, double spread) {
        double off = Math.abs(residual);
        double cut = Math.min(off, LIMIT * spread);
        overall += moment.gain(MEMORY_DAYS) * ((moment.count() < FEW ? off : cut) - overall);
        int slot = moment.slot();
        double seen = Math.min(evidence[slot] + moment.slotShare(), MEMORY_DAYS);
        evidence[slot] = (float) seen;
        if (seen > 0) {
            bySlot[slot] += (float) (Math.min(1, moment.slotShare() / seen) * (cut - bySlot[slot]));
        }
    }

    void write(ByteBuffer to) {
        to.putDouble(overall);
        for (int slot = 0; slot < SampleContext.SLOTS; slot++) {
            to.putFloat(bySlot[slot]).putFloat(evidence[slot]);
        }
    }

    void read(ByteBuffer from) {
        overall = from.getDouble();
        for (int slot = 0; slot < SampleContext.SLOTS; slot++) {
            bySlot[slot] = from.getFloat();
            evidence[slot] = from.getFloat();
        }
    }
}
