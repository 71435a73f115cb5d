package io.atalaya.hotlistmatch.calibration;

import java.io.Serializable;
import java.time.Duration;

/**
 * How far answers may move the score.
 *
 * @param down most that a subject's record takes from the score's log-odds, 0 or more
 * @param up most that it adds, 0 or more
 * @param memory how long an answer counts
 */
public record CalibrationSettings(double down, double up, Duration memory) implements Serializable {
    private static final double MOST = 20;

    /**
     * Reads {@code down:up}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static CalibrationSettings parse(String bounds, Duration memory) {
        String[] cells = bounds.trim().split(":");
        if (cells.length != 2) {
            throw new IllegalArgumentException("'" + bounds + "' has not two parts");
        }
        double down = Double.parseDouble(cells[0]);
        double up = Double.parseDouble(cells[1]);
        // Positively, so that NaN is out of range too.
        if (!(down >= 0 && down <= MOST && up >= 0 && up <= MOST)) {
            throw new IllegalArgumentException("'" + bounds + "' is out of range");
        }
        return new CalibrationSettings(down, up, memory);
    }
}
