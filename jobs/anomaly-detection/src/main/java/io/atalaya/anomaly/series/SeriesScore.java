package io.atalaya.anomaly.series;

import io.atalaya.contracts.json.Field;

import java.util.OptionalDouble;

/**
 * Evidence of one value for an anomaly.
 *
 * @param features input of a network, {@link SeriesModel#FEATURES} numbers of order 1
 * @param statistic maximum rarity among the channels with their handicaps, a score without a
 *     network; in decimal logarithms, empty while the series is not yet known
 * @param expected value
 * @param season part of the expected value that comes from the hour of the week
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

    /** Whether the series was known when the value arrived. */
    public boolean isKnown() {
        return statistic.isPresent();
    }

    /**
     * Score of the value, given the output of a network.
     *
     * @param network its output for the features
     * @return the higher the more unusual; empty before the series is known
     */
    public OptionalDouble score(double network) {
        return isKnown()
                ? OptionalDouble.of(Field.finite("score", network))
                : OptionalDouble.empty();
    }
}
