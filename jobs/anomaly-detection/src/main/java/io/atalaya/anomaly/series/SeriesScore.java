package io.atalaya.anomaly.series;

import io.atalaya.contracts.json.Field;

import java.util.OptionalDouble;

/**
 * What a value says about whether something is unusual.
 *
 * @param features what a network is asked with, {@link SeriesModel#FEATURES} numbers of order 1
 * @param statistic the greatest rarity among the channels, with their handicaps: an answer without
 *     a network; in decimal logarithms, empty while the series is not yet known
 * @param expected value
 * @param season the part of it that comes from the hour of the week
 */
public record SeriesScore(
        float[] features, OptionalDouble statistic, double expected, double season) {
    /**
     * @throws IllegalArgumentException if a number is not finite
     */
    public SeriesScore {
        for (float feature : features) {
            Field.finite("feature", feature);
        }
        statistic.ifPresent(value -> Field.finite("statistic", value));
        expected = Field.finite("expected", expected);
        season = Field.finite("season", season);
    }

    /** Whether the series was known when the value came. */
    public boolean isKnown() {
        return statistic.isPresent();
    }

    /**
     * How unusual the value is, once a network has weighed the features.
     *
     * @param network its output for them
     * @return the higher the more unusual; empty from before the series was known
     */
    public OptionalDouble score(double network) {
        return isKnown()
                ? OptionalDouble.of(Field.finite("score", network))
                : OptionalDouble.empty();
    }
}
