package io.atalaya.anomaly.series;

/**
 * What a value says about whether something is unusual.
 *
 * @param features what a network is asked with, {@link SeriesModel#FEATURES} numbers of order 1
 * @param statistic the greatest rarity among the channels, with their handicaps: an answer without
 *     a network; in decimal logarithms, negative infinity while the series is not yet known
 * @param expected value
 * @param season the part of it that comes from the hour of the week
 */
public record Evidence(float[] features, double statistic, double expected, double season) {
    /** Whether the series was known when the value came. */
    public boolean isKnown() {
        return statistic > Double.NEGATIVE_INFINITY;
    }

    /**
     * How unusual the value is, once a network has weighed the features.
     *
     * @param network its output for them
     * @return the higher the more unusual; negative infinity from before the series was known
     */
    public double score(double network) {
        return isKnown() ? network : Double.NEGATIVE_INFINITY;
    }
}
