package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlertBudget;

import java.util.Locale;

/**
 * Comparison of a shadow version with the active one over the observations that both scored at
 * cameras that both know. For one writer; readers may see a partly counted observation.
 */
final class ShadowComparison {
    /** Lower limit of p-values, so that their logarithm is finite. */
    private static final double MIN_P_VALUE = 1e-12;

    private final String active;
    private final String shadow;
    private long compared;
    private long both;
    private long activeAlone;
    private long shadowAlone;
    private double apart;

    /**
     * @param active version
     * @param shadow version
     */
    ShadowComparison(String active, String shadow) {
        this.active = active;
        this.shadow = shadow;
    }

    boolean isBetween(String oneActive, String oneShadow) {
        return active.equals(oneActive) && shadow.equals(oneShadow);
    }

    void count(AlertBudget.Verdict byActive, AlertBudget.Verdict byShadow) {
        compared++;
        apart += Math.abs(log(byActive) - log(byShadow));
        if (byActive.isAlert() && byShadow.isAlert()) {
            both++;
        } else if (byActive.isAlert()) {
            activeAlone++;
        } else if (byShadow.isAlert()) {
            shadowAlone++;
        }
    }

    private static double log(AlertBudget.Verdict verdict) {
        return Math.log10(Math.max(MIN_P_VALUE, verdict.pValue()));
    }

    /** Number of compared observations. */
    long compared() {
        return compared;
    }

    /** Alerts of both versions. */
    long both() {
        return both;
    }

    long activeAlone() {
        return activeAlone;
    }

    long shadowAlone() {
        return shadowAlone;
    }

    /** Share of the alerts that only one version raises; 0 if there are none. */
    double share() {
        long alone = activeAlone + shadowAlone;
        return alone == 0 ? 0 : (double) alone / (alone + both);
    }

    /** Mean distance of the p-values, in powers of ten. */
    double apart() {
        return compared == 0 ? 0 : apart / compared;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d observations scored by %s and by %s in shadow: alerts of both %,d, of %s alone %,d,"
                        + " of %s alone %,d (%.0f %% of them by one only); p-values %.2f powers of ten"
                        + " apart in the mean",
                compared,
                active,
                shadow,
                both,
                active,
                activeAlone,
                shadow,
                shadowAlone,
                100 * share(),
                apart());
    }
}
