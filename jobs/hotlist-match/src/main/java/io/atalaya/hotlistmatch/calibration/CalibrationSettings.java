package io.atalaya.hotlistmatch.calibration;

import java.io.Serializable;
import java.time.Duration;

/**
 * Limits of the calibration offset.
 *
 * @param down greatest decrease of the score's log-odds by one subject, 0..20
 * @param up greatest increase of them by one subject, 0..20
 * @param memory how long a disposition counts
 */
public record CalibrationSettings(double down, double up, Duration memory) implements Serializable {
    private static final double MAX_OFFSET = 20;

    /**
     * Parses {@code down:up}.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static CalibrationSettings parse(String bounds, Duration memory) {
        String[] cells = bounds.trim().split(":");
        if (cells.length != 2) {
            throw new IllegalArgumentException("'" + bounds + "' has not two parts");
        }
        double down = Double.parseDouble(cells[0]);
        double up = Double.parseDouble(cells[1]);
        // The condition is positive so that NaN is rejected too.
        if (!(down >= 0 && down <= MAX_OFFSET && up >= 0 && up <= MAX_OFFSET)) {
            throw new IllegalArgumentException("'" + bounds + "' is out of range");
        }
        return new CalibrationSettings(down, up, memory);
    }
}
