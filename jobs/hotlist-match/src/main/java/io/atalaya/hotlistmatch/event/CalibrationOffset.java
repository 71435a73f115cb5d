package io.atalaya.hotlistmatch.event;

/**
 * What a subject's record adds to the score.
 *
 * @param tenths of a natural logarithm of odds: finer steps would be told for nothing
 * @param wrong how many of the answered alerts were
 * @param answered how many are remembered
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
