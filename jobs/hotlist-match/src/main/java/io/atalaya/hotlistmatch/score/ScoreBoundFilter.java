package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;
import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.contracts.plate.PlateRead;

/**
 * Drops reads that cannot reach review before they are matched with the list. With a million
 * entries nearly every read has some entry one edit away, of which one in a hundred reaches review.
 * The bound assumes the best case for appearance and state, so the characters alone exclude most of
 * the rest. It is never below the score of a {@link Scorer}.
 *
 * <p>Not thread-safe: one instance per operator.
 */
public final class ScoreBoundFilter {
    /** Limits of the threshold, because thresholds of 1 and 0 have infinite log-odds. */
    private static final double MAX_REVIEW = 0.999;

    private static final double MIN_REVIEW = 1e-300;

    /**
     * Expected vehicles behind a text that is no plate: so few that every bound is far above the
     * threshold.
     */
    private static final double MIN_VEHICLES = 1e-300;

    /** Tolerance for sums in a different order. */
    private static final double ROUNDING = 1e-6;

    /**
     * A plate with more ambiguous symbols than this, so more than 64 written forms, is not
     * examined.
     */
    private static final int MAX_AMBIGUOUS = 6;

    /** What may be listed, by folded plates. */
    public interface Listed {
        boolean contains(long folded);

        /**
         * Whether some plate of no Mexican series may be this text, or this text with one character
         * more.
         */
        boolean containsForeign(long variant);
    }

    private final double minLogOdds;
    private final double maxOcrLogOdds;
    private final byte[] read = new byte[CanonicalPlate.MAX_LENGTH];

    /**
     * The text whose symbols are in {@link #read}, because one read is asked about many plates; 0:
     * none.
     */
    private long unpacked;

    private int unpackedLength;

    private final byte[] folded = new byte[CanonicalPlate.MAX_LENGTH];
    private final byte[] listed = new byte[CanonicalPlate.MAX_LENGTH];

    /**
     * @param thresholds the lowest review score of any priority is the one to reach
     * @param maxOcrLogOdds log-odds that an OCR result can add to the score of a read with an image
     */
    public ScoreBoundFilter(Thresholds thresholds, double maxOcrLogOdds) {
        double review =
                thresholds.bands().stream().mapToDouble(Thresholds.Band::review).min().orElse(0);
        double reached = Math.max(MIN_REVIEW, Math.min(review, MAX_REVIEW));
        this.minLogOdds = Math.log(reached / (1 - reached)) - ROUNDING;
        this.maxOcrLogOdds = maxOcrLogOdds;
    }

    /** The upper bound of a read. */
    public ScoreBound of(PlateRead seen, ConfidenceRank confidenceRank) {
        long top = CanonicalPlate.pack(seen.plate());
        int length = unpack(top);
        PlateSyntax syntax = PlateSyntax.of(seen.country());
        double beside =
                IssuingStateScore.upperBound(seen)
                        + AppearanceScore.upperBound(seen.vehicle())
                        + Math.log(confidenceRank.misreadRatio(seen.confidence()))
                        + (seen.plateImage() == null ? 0 : maxOcrLogOdds)
                        - minLogOdds;
        return new ScoreBound(
                top,
                syntax,
                beside - others(syntax, length),
                beside - others(PlateSyntax.UNKNOWN, length));
    }

    /** Logarithm of the expected vehicles whose plate is the text that was read. */
    private double others(PlateSyntax syntax, int length) {
        return Math.log(
                Math.max(MIN_VEHICLES, syntax.perListed() * syntax.occupancy(read, length)));
    }

    /**
     * Whether a read can reach the required score with an entry of this plate. The plate must not
     * be one of the read's texts.
     *
     * @param plate packed folded form
     */
    public boolean canReachReview(ScoreBound scoreBound, long plate) {
        int readLength = unpack(scoreBound.top());
        int length = CanonicalPlate.unpack(plate, folded);
        double most = ConfusionModel.maxLogProbability(read, readLength, folded, length);
        if (most + Math.max(scoreBound.within(), scoreBound.beyond()) < 0) {
            return false;
        }
        return most + Math.min(scoreBound.within(), scoreBound.beyond()) >= 0
                || ambiguous(length) > MAX_AMBIGUOUS
                || canReachReview(scoreBound, readLength, 0, length);
    }

    /**
     * Whether {@link #canReachReview(ScoreBound, long, int, Listed)} may be asked: the top text can
     * be a Mexican plate, so that a second look-alike never makes another plate likelier.
     */
    public boolean isOrdinary(ScoreBound scoreBound) {
        double more = scoreBound.beyond() - scoreBound.within();
        int length = unpack(scoreBound.top());
        return more >= 0
                && more < -ConfusionModel.logOfLookAlike()
                && scoreBound.syntax() == PlateSyntax.MEXICO
                && PlateSyntax.MEXICO.occupancy(read, length) > 0;
    }

    /**
     * Whether a read can reach the required score with a listed plate that lacks one character of
     * its top text, or has another in its place. It asks what is listed only for plates that are
     * likely enough. A plate of no Mexican series is likelier, because there are few others, but
     * few are listed.
     *
     * @param top the top text, folded
     * @param fromEnd position of the character, counted from the end, from 1
     */
    public boolean canReachReview(ScoreBound scoreBound, long top, int fromEnd, Listed all) {
        int length = unpack(scoreBound.top());
        int at = length - fromEnd;
        byte seen = read[at];
        long without = PlateNeighbours.without(top, fromEnd);
        double added = ConfusionModel.logProbabilityOfAdded(length) + ROUNDING;
        long within = misreadAs(seen, length, scoreBound.within());
        long beyond = misreadAs(seen, length, scoreBound.beyond());
        boolean isForeign =
                (beyond != within || added + scoreBound.beyond() >= 0)
                        && all.containsForeign(without);
        if (added + (isForeign ? scoreBound.beyond() : scoreBound.within()) >= 0
                && all.contains(without)) {
            return true;
        }
        boolean canReach = false;
        unpacked = 0;
        for (long rest = isForeign ? beyond : within; rest != 0 && !canReach; rest &= rest - 1) {
            int symbol = Long.numberOfTrailingZeros(rest);
            read[at] = (byte) symbol;
            canReach =
                    ((within >>> symbol & 1) != 0
                                    || PlateSyntax.MEXICO.occupancy(read, length) == 0)
                            && all.contains(PlateNeighbours.replaced(top, fromEnd, symbol));
        }
        read[at] = seen;
        unpacked = scoreBound.top();
        return canReach;
    }

    /** Writes the symbols of a read's top text to {@link #read} and returns their number. */
    private int unpack(long top) {
        if (top != unpacked) {
            unpackedLength = CanonicalPlate.unpack(top, read);
            unpacked = top;
        }
        return unpackedLength;
    }

    private static long misreadAs(byte symbol, int length, double logOdds) {
        return ConfusionModel.misreadAs(symbol, length, -logOdds - ROUNDING);
    }

    private int ambiguous(int length) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += CanonicalPlate.foldedTo(folded[i]) == 0 ? 0 : 1;
        }
        return count;
    }

    /** Tries every plate of the folded form, with the symbols from {@code at} on undecided. */
    private boolean canReachReview(ScoreBound scoreBound, int readLength, int at, int length) {
        if (at == length) {
            boolean isWithin = scoreBound.syntax().occupancy(listed, length) > 0;
            return ConfusionModel.logProbability(read, readLength, listed, length)
                            + (isWithin ? scoreBound.within() : scoreBound.beyond())
                    >= 0;
        }
        listed[at] = folded[at];
        if (canReachReview(scoreBound, readLength, at + 1, length)) {
            return true;
        }
        listed[at] = CanonicalPlate.foldedTo(folded[at]);
        return listed[at] != 0 && canReachReview(scoreBound, readLength, at + 1, length);
    }
}
