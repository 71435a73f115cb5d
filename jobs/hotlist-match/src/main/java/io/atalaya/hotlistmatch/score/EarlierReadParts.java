package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.HotlistEvidence.Part;

import java.util.Locale;

/** What earlier reads say of a doubtful one, whose text is not the listed plate. */
public final class EarlierReadParts {
    /** Later than this a vehicle may be anywhere. */
    public static final long LONGEST_MS = 2 * 60 * 60 * 1_000;

    /**
     * A car just seen passes a reader on its way so many times likelier than one of which nothing
     * is known. Assumed.
     */
    private static final double JUST_SEEN = 32;

    private static final double DECAY_MINUTES = 30;
    private static final double MS_A_MINUTE = 60_000;

    /** What either vehicle is taken to have been seen before the first read. Assumed. */
    private static final double UNSEEN = 0.5;

    private EarlierReadParts() {}

    /**
     * The listed vehicle itself was recognised before.
     *
     * @param deviceId where
     * @param agoMs how long ago
     */
    public static Part recognised(String deviceId, long agoMs) {
        double minutes = agoMs / MS_A_MINUTE;
        return new Part(
                "earlier-read",
                Math.log1p(JUST_SEEN * Math.exp(-minutes / DECAY_MINUTES)),
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

    /**
     * The text, a possible plate of another vehicle, has been read before: whichever of the two
     * vehicles comes by more often is the likelier one.
     *
     * @param times how often
     * @param recognised how often the listed vehicle itself was
     */
    public static Part knownText(String text, int times, int recognised) {
        return new Part(
                "known-text",
                Math.log((recognised + UNSEEN) / (recognised + times + UNSEEN)),
                String.format(
                        Locale.ROOT,
                        "ya se leyó %s antes: %d; la placa buscada: %d",
                        text,
                        times,
                        recognised),
                String.format(
                        Locale.ROOT,
                        "%s was read before: %d times; the listed plate: %d",
                        text,
                        times,
                        recognised));
    }
}
