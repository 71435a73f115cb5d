package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;

/**
 * The evidence of a passage's tag for its vehicle being the listed one. The shares are assumed: a
 * tag is right in {@value #RIGHT} of cases; otherwise it is older than the plate's re-issue or was
 * moved to another vehicle.
 */
final class TagEvidence {
    private static final double RIGHT = 0.93;

    /**
     * Share of other vehicles whose plate is read like the listed one and whose tag names it: both
     * cloned.
     */
    private static final double CHANCE = 1e-4;

    /** Vehicles with a tag that still names the listed plate, besides the listed vehicle. */
    private static final double STALE = 0.02;

    /** Vehicles with the listed tag itself, besides the listed vehicle. */
    private static final double MOVED = 0.002;

    /**
     * Probability that the tag of a listed vehicle names exactly the plate that it was misread as.
     */
    private static final double COINCIDENCE = 1e-5;

    /** The same for plates one edit apart. */
    private static final double NEAR_COINCIDENCE = 1e-4;

    /**
     * Probability that a listed vehicle's tag names another plate: stale, swapped, or the next
     * vehicle's.
     */
    private static final double OTHER = 0.08;

    /**
     * Likelihood ratio of another shown plate: a listed vehicle in disguise to a vehicle with a
     * stale tag.
     */
    private static final double SHOWS_OTHER = 0.3 / 0.9;

    private TagEvidence() {}

    /** The part of a tag beside a plate read near the listed plate; null if it is no evidence. */
    static ScoreContribution beside(PlateRead read, MatchTarget listed, RfidRead tag) {
        if (listed.isNamedBy(tag)) {
            return named(tag, listed, Math.log(RIGHT / CHANCE));
        }
        // A pattern asks for every vehicle that fits it, whether its tag is right or not.
        if (tag.registeredPlate() == null || listed.isPattern()) {
            return null;
        }
        MatchKind kind =
                PlateComparison.kind(
                        CanonicalPlate.pack(read.plate()),
                        CanonicalPlate.pack(tag.registeredPlate()));
        if (kind == MatchKind.NONE) {
            return new ScoreContribution(
                    "tag",
                    Math.log(OTHER / RIGHT),
                    Message.of(MessageCode.TAG_OF_OTHER_PLATE, tag.registeredPlate()));
        }
        double coincidence = kind == MatchKind.EXACT ? COINCIDENCE : NEAR_COINCIDENCE;
        return new ScoreContribution(
                "tag",
                Math.log(coincidence / RIGHT),
                Message.of(MessageCode.TAG_CONFIRMS_READ, tag.registeredPlate()));
    }

    /** The part of a tag that names the listed vehicle when no plate near it was read. */
    static ScoreContribution alone(MatchTarget listed, RfidRead tag) {
        return named(tag, listed, Math.log(RIGHT / (isListed(listed, tag) ? MOVED : STALE)));
    }

    /**
     * The part for a vehicle that the tag names but whose plate was read as another one; a text
     * that is no plate is a misread.
     */
    static ScoreContribution shows(String plate) {
        return PlateSyntax.MEXICO.canBePlate(plate)
                ? new ScoreContribution(
                        "shown-plate",
                        Math.log(SHOWS_OTHER),
                        Message.of(MessageCode.SHOWS_OTHER_PLATE, plate))
                : new ScoreContribution(
                        "shown-plate", 0, Message.of(MessageCode.SHOWS_NO_PLATE, plate));
    }

    private static ScoreContribution named(RfidRead tag, MatchTarget listed, double logOdds) {
        return new ScoreContribution(
                "tag",
                logOdds,
                isListed(listed, tag)
                        ? Message.of(MessageCode.TAG_IS_LISTED, tag.tagId())
                        : Message.of(MessageCode.TAG_OF_LISTED_PLATE, tag.registeredPlate()));
    }

    private static boolean isListed(MatchTarget listed, RfidRead tag) {
        return listed.tagId() != null && TagKey.isSame(listed.tagId(), tag.tagId());
    }
}
