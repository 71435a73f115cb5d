package io.atalaya.anomaly.series;

/**
 * Temporal context of a value.
 *
 * @param sinceHours hours since the previous value
 * @param coveredHours hours that the value stands for: at most two typical steps, also after a gap
 * @param stepHours typical hours between two values
 * @param slot half hour of the day, UTC
 * @param weekday from 0, Monday
 * @param count values so far, including this one
 * @param ageDays days since the first value
 */
record SampleContext(
        double sinceHours,
        double coveredHours,
        double stepHours,
        int slot,
        int weekday,
        long count,
        double ageDays) {
    static final int SLOTS = 48;
    static final double SLOT_HOURS = 24.0 / SLOTS;
    static final int WEEKDAYS = 7;

    /** Saturday and Sunday; the model learns whether they differ. */
    boolean isRestDay() {
        return weekday >= 5;
    }

    boolean isAfterGap() {
        return sinceHours > 3 * stepHours;
    }

    double stepDays() {
        return stepHours / 24;
    }

    /**
     * Share of a memory of this many days that one value replaces; 1 if values are further apart
     * than that.
     */
    double share(double days) {
        return Math.min(1, stepDays() / days);
    }

    /** Share of its half hour that the value stands for, at most 1. */
    double slotShare() {
        return Math.min(1, coveredHours / SLOT_HOURS);
    }

    /** Weight of one value in a mean over the past days, or over all values while they are few. */
    double gain(double days) {
        return Math.max(1.0 / count, share(days));
    }
}
