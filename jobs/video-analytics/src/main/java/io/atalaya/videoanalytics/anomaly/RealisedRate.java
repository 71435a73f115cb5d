package io.atalaya.videoanalytics.anomaly;

/**
 * Alerts per camera and day under a budget over the last 24 hours, by hour. An analyst compares
 * them with the requested rate. For one writer; readers may see a partly written hour.
 */
final class RealisedRate {
    private static final int HOURS = 24;
    private static final long HOUR = 3_600_000;

    private final long[] hours = new long[HOURS];
    private final int[] alerts = new int[HOURS];
    private final double[] days = new double[HOURS];
    private long newest;

    /**
     * Counts the verdict on a score.
     *
     * @param at arrival time, epoch ms
     * @param cameraDays days by which the score advanced its budget
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

    /** Camera days with known cameras over the last 24 hours. */
    double cameraDays() {
        double sum = 0;
        for (int i = 0; i < HOURS; i++) {
            sum += isRecent(i) ? days[i] : 0;
        }
        return sum;
    }

    /** Alerts per camera and day; 0 while no time has passed. */
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
