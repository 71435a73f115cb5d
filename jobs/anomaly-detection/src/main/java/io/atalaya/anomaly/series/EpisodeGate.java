package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/**
 * One incident, one alert: a score above the bar opens an incident, which stays open until the
 * score has been below for a while, and alerts again only if it becomes far worse. Each alert
 * raises the bar a little, and that wears off with the values that follow: a series that alerts
 * often must show more.
 */
public final class EpisodeGate {
    /** Size of what {@link #write} writes. */
    public static final int BYTES = 1 + 2 * Integer.BYTES + 2 * Long.BYTES + 2 * Double.BYTES;

    private static final double HOUR = 3_600_000.0;

    private final Settings settings;
    private boolean open;
    private int below;
    private int sinceAlert = Integer.MAX_VALUE;
    private long lastAbove;
    private long lastAlert;
    private double alertScore;
    private double recentAlerts;

    /**
     * When it alerts.
     *
     * @param bar score that an alert needs
     * @param raise of the bar by an alert
     * @param wearsOff values after which the raise is down to a third
     * @param worse by how much a score must exceed the alert's to alert again
     * @param restValues after an alert in which another is only raised if it is worse
     * @param restHours the same by the clock; both must be over
     * @param quietValues below the bar that end an incident
     * @param quietHours the same by the clock
     */
    public record Settings(
            double bar,
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
                    other, raise, wearsOff, worse, restValues, restHours, quietValues, quietHours);
        }
    }

    public EpisodeGate(Settings settings) {
        this.settings = settings;
    }

    /** Whether this value is the alert of an incident. */
    public boolean offer(long time, double score) {
        sinceAlert = sinceAlert == Integer.MAX_VALUE ? sinceAlert : sinceAlert + 1;
        recentAlerts *= 1 - 1 / settings.wearsOff();
        if (score > settings.bar() + settings.raise() * recentAlerts) {
            boolean rested =
                    sinceAlert >= settings.restValues()
                            && (sinceAlert == Integer.MAX_VALUE
                                    || time - lastAlert >= settings.restHours() * HOUR);
            boolean worse = sinceAlert < Integer.MAX_VALUE && score > alertScore + settings.worse();
            boolean alert = !open && rested || worse;
            open = true;
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
        below++;
        if (open
                && below >= settings.quietValues()
                && time - lastAbove >= settings.quietHours() * HOUR) {
            open = false;
        }
        return false;
    }

    /** For a keyed state; the model's version covers it. */
    public void write(ByteBuffer to) {
        to.put((byte) (open ? 1 : 0)).putInt(below).putInt(sinceAlert);
        to.putLong(lastAbove).putLong(lastAlert).putDouble(alertScore).putDouble(recentAlerts);
    }

    public void read(ByteBuffer from) {
        open = from.get() == 1;
        below = from.getInt();
        sinceAlert = from.getInt();
        lastAbove = from.getLong();
        lastAlert = from.getLong();
        alertScore = from.getDouble();
        recentAlerts = from.getDouble();
    }
}
