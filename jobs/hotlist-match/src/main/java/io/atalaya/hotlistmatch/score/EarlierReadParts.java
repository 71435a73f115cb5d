package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;

/** The parts that earlier reads add to a doubtful read, whose text is not the listed plate. */
public final class EarlierReadParts {
    /** After this time a vehicle may be anywhere, ms. */
    public static final long MAX_AGE_MS = 2 * 60 * 60 * 1_000;

    /**
     * How many times likelier a vehicle that was just read passes a reader on its way than one
     * whose position is unknown. Assumed.
     */
    private static final double JUST_SEEN = 32;

    private static final double DECAY_MINUTES = 30;
    private static final double MS_A_MINUTE = 60_000;

    /** Pseudo-count of reads of either vehicle before its first read. Assumed. */
    private static final double UNSEEN = 0.5;

    private EarlierReadParts() {}

    /**
     * The part for an earlier recognition of the listed vehicle itself.
     *
     * @param deviceId where it was recognised
     * @param agoMs time since then, ms
     */
    public static ScoreContribution recognised(String deviceId, long agoMs) {
        double minutes = agoMs / MS_A_MINUTE;
        return new ScoreContribution(
                "earlier-read",
                Math.log1p(JUST_SEEN * Math.exp(-minutes / DECAY_MINUTES)),
                Message.of(MessageCode.LISTED_RECOGNISED, minutes, deviceId));
    }

    /**
     * The part for earlier reads of the text, a possible plate of another vehicle: the vehicle that
     * passes more often is the likelier one.
     *
     * @param times how often the text was read
     * @param recognised how often the listed vehicle was recognised
     */
    public static ScoreContribution knownText(String text, int times, int recognised) {
        return new ScoreContribution(
                "known-text",
                Math.log((recognised + UNSEEN) / (recognised + times + UNSEEN)),
                Message.of(MessageCode.TEXT_READ_BEFORE, text, times, recognised));
    }
}
