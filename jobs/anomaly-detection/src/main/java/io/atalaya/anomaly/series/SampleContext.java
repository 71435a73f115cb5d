package io.atalaya.anomaly.series;

/**
 * Where a value stands in time.
 *
 * @param sinceHours since the value before
 * @param coveredHours what it speaks for: no more than two usual steps, also after a gap
 * @param stepHours the usual distance between two values
 * @param slot half hour of the day, UTC
 * @param weekday from 0, Monday
 * @param count values so far, with this one
 * @param ageDays since the first value
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

    /** Saturday and Sunday; whether the series cares is learned. */
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
     * The share of a memory of so many days that one value takes the place of; all of it where
     * values are as far apart.
     */
    double share(double days) {
        return Math.min(1, stepDays() / days);
    }

    /** How much of its slot the value speaks for, at most 1. */
    double slotShare() {
        return Math.min(1, coveredHours / SLOT_HOURS);
    }

    /** Weight of one value in a mean over the past days, or over all values while they are few. */
    double gain(double days) {
        return Math.max(1.0 / count, share(days));
    }
}
