package io.atalaya.videoanalytics.anomaly;

/**
 * Alerts a camera and day that came of a budget over the last day, hour by hour: what the analyst
 * compares with what was asked for. For one writer; readers may see an hour half written.
 */
final class RealisedRate {
    private static final int HOURS = 24;
    private static final long HOUR = 3_600_000;

    private final long[] hours = new long[HOURS];
    private final int[] alerts = new int[HOURS];
    private final double[] days = new double[HOURS];
    private long newest;

    /**
     * Counts what became of a score.
     *
     * @param at arrival clock, epoch ms
     * @param cameraDays by which it moved the clock of its budget
     */
    void count(long at, boolean alert, double cameraDays) {
        long hour = Math.floorDiv(at, HOUR);
        newest = Math.max(newest, hour);
        int slot = (int) Math.floorMod(hour, (long) HOURS);
        if (hours[slot] < hour) {
            hours[slot] = hour;
            alerts[slot] = 0;
            days[slot] = 0;
        }
        if (hours[slot] == hour) {
            alerts[slot] += alert ? 1 : 0;
            days[slot] += cameraDays;
        }
    }

    /** Days of cameras that were known, over the last day. */
    double cameraDays() {
        double sum = 0;
        for (int i = 0; i < HOURS; i++) {
            sum += isRecent(i) ? days[i] : 0;
        }
        return sum;
    }

    /** Alerts a camera and day; 0 while no time has passed. */
    double perDay() {
        int sum = 0;
        for (int i = 0; i < HOURS; i++) {
            sum += isRecent(i) ? alerts[i] : 0;
        }
        double over = cameraDays();
        return over > 0 ? sum / over : 0;
    }

    private boolean isRecent(int slot) {
        return hours[slot] > newest - HOURS;
    }
}
