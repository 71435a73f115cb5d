package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateAlignment;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.hotlistmatch.crosscheck.HypothesisOdds;
import io.atalaya.hotlistmatch.passage.TagPairing;
import io.atalaya.hotlistmatch.score.Attribute;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
import io.atalaya.hotlistmatch.score.Misread;
import io.atalaya.hotlistmatch.score.PlateSyntax;
import io.atalaya.hotlistmatch.score.Population;

/**
 * The probability that a vehicle shows another plate than the one its tag was issued for.
 *
 * <p>Three explanations compete: it does; the plate is the tag's and was misread; the tag belongs
 * to another vehicle beside it. A tag older than the plate's re-issue is no fourth explanation: the
 * plates do differ then, and a person must find out why.
 *
 * <p>Not thread-safe: one instance per operator.
 */
final class MismatchScore {
    /**
     * Share of tags paired with the wrong vehicle: their own plate was not read, and another
     * vehicle was near. Where 3 of 100 plates are not read it is 0.0004 in a dense simulated city.
     */
    private static final double MISPAIRED = 0.0005;

    /**
     * Vehicles keep about a second apart in their lane. The share falls by a factor of e for each
     * {@link #SPREAD_MS} that a tag was read closer to its plate.
     */
    private static final double APART_MS = 1000;

    private static final double SPREAD_MS = 400;

    /** Share of makes, colours and types that are right also at night and in rain. */
    private static final double RIGHT = 0.85;

    /** Factor for a text of no known series. */
    private static final double NO_SERIES = 0.1;

    private static final int MAX_EDITS_IN_DOUBT = 3;

    private static final int MISREAD = 0;
    private static final int OTHER_CAR = 1;

    private final Population population = new Population();

    /** Scores a plate read against the tag of the same passage; null if they do not differ. */
    HypothesisOdds score(PlateRead read, RfidRead tag) {
        long shown = CanonicalPlate.pack(read.plate());
        long registered = CanonicalPlate.pack(tag.registeredPlate());
        if (shown == registered || offers(read, registered)) {
            return null;
        }
        int edits = PlateAlignment.of(read.plate(), tag.registeredPlate()).edits();
        double plate =
                Misread.ANY_PLATE
                        * (population.bearing(shown, PlateSyntax.of(read.country())) > 0
                                ? 1
                                : NO_SERIES);
        HypothesisOdds odds =
                new HypothesisOdds(
                        TagPairing.DIFFERS * plate,
                        Misread.probability(shown, registered),
                        mispaired(read, tag) * plate);
        odds.part("characters", Message.of(MessageCode.CHARACTERS_DIFFER, edits));
        odds.times(
                        MISREAD,
                        Math.pow(
                                ConfidenceRank.misreadRatioOf(read.confidence()),
                                Math.min(edits, MAX_EDITS_IN_DOUBT)))
                .part(
                        "confidence",
                        Message.of(MessageCode.READER_CONFIDENCE, 100 * read.confidence()));
        appearance(read.vehicle(), tag.registeredVehicle(), odds);
        return odds;
    }

    private static double mispaired(PlateRead read, RfidRead tag) {
        double off = Math.abs(read.deviceTime() - tag.deviceTime());
        return MISPAIRED * Math.min(1, Math.exp((off - APART_MS) / SPREAD_MS));
    }

    private static void appearance(Vehicle seen, Vehicle registered, HypothesisOdds odds) {
        if (registered == null || !Attribute.isRecognised(seen)) {
            return;
        }
        for (Attribute attribute : Attribute.values()) {
            addAppearance(attribute, attribute.of(seen), attribute.of(registered), odds);
        }
    }

    /**
     * The appearance of the tag's own vehicle is mostly recognised; another vehicle's agrees by
     * chance.
     */
    private static void addAppearance(
            Attribute attribute, String seen, String registered, HypothesisOdds odds) {
        if (seen == null || registered == null) {
            return;
        }
        boolean same = attribute.isSame(seen, registered);
        double chance = attribute.chance();
        odds.times(OTHER_CAR, same ? chance / RIGHT : (1 - chance) / (1 - RIGHT))
                .part(attribute.part(), attribute.comparedWithTag(seen, registered));
    }

    private static boolean offers(PlateRead read, long registered) {
        for (Candidate candidate : read.candidates()) {
            if (CanonicalPlate.pack(candidate.plate()) == registered) {
                return true;
            }
        }
        return false;
    }
}
