package io.atalaya.hotlistmatch.event;

/**
 * What the calibration record of a subject adds to the score.
 *
 * @param tenths of a natural logarithm of odds; finer steps would cause needless updates
 * @param wrong number of alerts with a disposition that were wrong
 * @param answered number of alerts with a disposition that are remembered
 */
public record CalibrationOffset(int tenths, int wrong, int answered) {
    public static final CalibrationOffset NONE = new CalibrationOffset(0, 0, 0);

    public double logOdds() {
        return tenths / 10.0;
    }

    public boolean isNone() {
        return tenths == 0;
    }
}
