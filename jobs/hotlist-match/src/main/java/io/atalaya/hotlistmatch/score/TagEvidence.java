package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.alert.HotlistEvidence.Part;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.TagKey;

/**
 * What the tag of a passage says of whether its car is the listed one. The shares are assumed: a
 * tag is right in {@value #RIGHT}, or it is older than the plate's re-issue, or moved to another
 * car.
 */
final class TagEvidence {
    private static final double RIGHT = 0.93;

    /** Other cars whose plate reads like the listed one and whose tag names it: cloned with it. */
    private static final double CHANCE = 1e-4;

    /** Cars that carry a tag which still names the listed plate, beside the listed car. */
    private static final double STALE = 0.02;

    /** Cars that carry a listed tag itself, beside the listed car. */
    private static final double MOVED = 0.002;

    /** A tag that names what was read, on a listed car whose plate was misread as just that. */
    private static final double COINCIDENCE = 1e-5;

    /** The same, the two an edit apart. */
    private static final double NEAR_COINCIDENCE = 1e-4;

    /** The listed car with a tag that names another plate: stale, swapped, or the next car's. */
    private static final double OTHER = 0.08;

    /** A wanted car under another plate, against a car whose tag is stale. */
    private static final double SHOWS_OTHER = 0.3 / 0.9;

    private TagEvidence() {}

    /** Beside a plate read that is near the listed plate; null if the tag tells nothing. */
    static Part beside(PlateRead read, MatchTarget listed, RfidRead tag) {
        if (listed.isNamedBy(tag)) {
            return named(tag, listed, Math.log(RIGHT / CHANCE));
        }
        // Whatever car fits a pattern is looked for, be its tag right or not.
        if (tag.registeredPlate() == null || listed.isPattern()) {
            return null;
        }
        MatchKind kind =
                PlateComparison.kind(
                        CanonicalPlate.pack(read.plate()),
                        CanonicalPlate.pack(tag.registeredPlate()));
        if (kind == MatchKind.NONE) {
            return new Part(
                    "tag",
                    Math.log(OTHER / RIGHT),
                    "el tag es de otra placa: " + tag.registeredPlate(),
                    "the tag is registered for another plate: " + tag.registeredPlate());
        }
        double coincidence = kind == MatchKind.EXACT ? COINCIDENCE : NEAR_COINCIDENCE;
        return new Part(
                "tag",
                Math.log(coincidence / RIGHT),
                "el tag confirma la placa leída: " + tag.registeredPlate(),
                "the tag confirms the plate that was read: " + tag.registeredPlate());
    }

    /** Of a tag that names the listed vehicle where no plate near it was read. */
    static Part alone(MatchTarget listed, RfidRead tag) {
        return named(tag, listed, Math.log(RIGHT / (isListed(listed, tag) ? MOVED : STALE)));
    }

    /** The car that the tag names was read as another plate; what is no plate is a misread. */
    static Part shows(String plate) {
        if (!PlateSyntax.MEXICO.mayBe(plate)) {
            return new Part(
                    "shown-plate",
                    0,
                    "la placa se leyó " + plate + ", que no es una placa que exista",
                    "the plate was read as " + plate + ", which is no plate that exists");
        }
        return new Part(
                "shown-plate",
                Math.log(SHOWS_OTHER),
                "la placa se leyó como otra: " + plate,
                "the plate was read as another one: " + plate);
    }

    private static Part named(RfidRead tag, MatchTarget listed, double logOdds) {
        return isListed(listed, tag)
                ? new Part(
                        "tag",
                        logOdds,
                        "el tag es el buscado: " + tag.tagId(),
                        "the tag is the listed one: " + tag.tagId())
                : new Part(
                        "tag",
                        logOdds,
                        "el tag es de la placa buscada: " + tag.registeredPlate(),
                        "the tag is registered for the listed plate: " + tag.registeredPlate());
    }

    private static boolean isListed(MatchTarget listed, RfidRead tag) {
        return listed.tagId() != null && TagKey.same(listed.tagId(), tag.tagId());
    }
}
