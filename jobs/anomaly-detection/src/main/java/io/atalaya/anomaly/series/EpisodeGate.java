package io.atalaya.anomaly.series;

/**
 * Reduces an episode to one alert. Two scores in a row above the bar raise one, or one that is far
 * above. The episode stays open until scores have been below for a while, and alerts again only if
 * it becomes far worse. Each alert raises the bar a little, and the raise decays with the following
 * values, so that a series that alerts often needs higher scores.
 */
public final class EpisodeGate {
    private static final double HOUR = 3_600_000.0;

    private final Settings settings;
    private boolean isOpen;
    private boolean wasAbove;
    private int below;
    private int sinceAlert = Integer.MAX_VALUE;
    private long lastAbove;
    private long lastAlert;
    private double alertScore;
    private double recentAlerts;

    /**
     * Thresholds of the alerts.
     *
     * @param bar score that an alert needs
     * @param alone what it needs beyond the bar if the value before is not above it
     * @param raise increase of the bar by an alert
     * @param wearsOff number of values after which the raise has decayed to about 1/e
     * @param worse amount by which a score must exceed the last alert's to alert again at once
     * @param restValues number of values after an alert during which only a worse score alerts
     * @param restHours the same in hours; both must have passed
     * @param quietValues number of values below the bar that end an episode
     * @param quietHours the same in hours; both must have passed
     */
    public record Settings(
            double bar,
            double alone,
            double raise,
            double wearsOff,
            double worse,
            int restValues,
            double restHours,
            int quietValues,
            double quietHours) {
        /** The same with another bar. */
        public Settings withBar(double other) {
            return new Settings(
                    other,
                    alone,
                    raise,
                    wearsOff,
                    worse,
                    restValues,
                    restHours,
                    quietValues,
                    quietHours);
        }
    }

    public EpisodeGate(Settings settings) {
        this.settings = settings;
    }

    /** Returns whether this value raises an alert. */
    public boolean offer(long time, double score) {
        sinceAlert = sinceAlert == Integer.MAX_VALUE ? sinceAlert : sinceAlert + 1;
        recentAlerts *= 1 - 1 / settings.wearsOff();
        double bar = settings.bar() + settings.raise() * recentAlerts;
        if (score > bar) {
            boolean sure = wasAbove || score > bar + settings.alone();
            boolean rested =
                    sinceAlert >= settings.restValues()
                            && (sinceAlert == Integer.MAX_VALUE
                                    || time - lastAlert >= settings.restHours() * HOUR);
            boolean worse = sinceAlert < Integer.MAX_VALUE && score > alertScore + settings.worse();
            boolean alert = sure && (!isOpen && rested || worse);
            // An episode that began during the rest alerts as soon as the rest is over.
            isOpen |= alert;
            wasAbove = true;
            below = 0;
            lastAbove = time;
            if (alert) {
                lastAlert = time;
                sinceAlert = 0;
                alertScore = score;
                recentAlerts++;
            }
            return alert;
        }
        wasAbove = false;
        below++;
        if (isOpen
                && below >= settings.quietValues()
                && time - lastAbove >= settings.quietHours() * HOUR) {
            isOpen = false;
        }
        return false;
    }
}
