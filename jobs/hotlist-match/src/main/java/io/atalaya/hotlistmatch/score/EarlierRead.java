package io.atalaya.hotlistmatch.score;

import io.atalaya.alert.HotlistEvidence.Part;

import java.util.Locale;

/**
 * What it says of a doubtful read that the listed vehicle itself was recognised nearby shortly
 * before: a car that is on its way passes a reader on that way far likelier than one of which
 * nothing is known.
 */
public final class EarlierRead {
    /** For a car just seen, against a car chosen at random. Assumed. */
    private static final double MOST_TIMES = 32;

    private static final double DECAY_MINUTES = 30;
    private static final double MS_A_MINUTE = 60_000;

    /** Later than this it says nothing. */
    public static final long LONGEST_MS = 2 * 60 * 60 * 1_000;

    private EarlierRead() {}

    /**
     * @param deviceId where the vehicle was recognised
     * @param agoMs how long before
     */
    public static Part part(String deviceId, long agoMs) {
        double minutes = agoMs / MS_A_MINUTE;
        return new Part(
                "earlier-read",
                logOdds(minutes),
                String.format(
                        Locale.ROOT,
                        "el vehículo buscado se reconoció %.0f min antes en %s",
                        minutes,
                        deviceId),
                String.format(
                        Locale.ROOT,
                        "the listed vehicle was recognised %.0f min before at %s",
                        minutes,
                        deviceId));
    }

    private static double logOdds(double minutes) {
        return Math.log1p(MOST_TIMES * Math.exp(-minutes / DECAY_MINUTES));
    }
}
