package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;
import io.atalaya.contracts.plate.PlateAlignment;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.hotlistmatch.crosscheck.HypothesisOdds;
import io.atalaya.hotlistmatch.score.Attribute;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
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
    /** Share of vehicles whose tag names another plate: swapped, cloned or re-issued. Guess. */
    private static final double DIFFERS = 0.003;

    /** Share of tags paired with the wrong vehicle although no other one was near. Guess. */
    private static final double MISPAIRED = 0.0015;

    /** Probability of one given plate among some tens of millions, read correctly. */
    private static final double ANY_PLATE = 5e-8;

    /** Factor for a text of no known series. */
    private static final double NO_SERIES = 0.1;

    /**
     * Share of reads that are wrong by two or more edits that single-character rates do not
     * explain, for example by dirt or bad light. It is divided by the number of texts at that
     * distance.
     */
    private static final double BADLY_READ = 0.015;

    private static final double EACH_EDIT_MORE = 0.3;
    private static final int SYMBOLS = 33;

    private static final int MAX_EDITS_IN_DOUBT = 3;

    private static final int MISREAD = 0;
    private static final int OTHER_CAR = 1;

    private final Population population = new Population();
    private final byte[] readSymbols = new byte[CanonicalPlate.MAX_LENGTH];
    private final byte[] tagSymbols = new byte[CanonicalPlate.MAX_LENGTH];

    /** Scores a plate read against the tag of the same passage; null if they do not differ. */
    HypothesisOdds score(PlateRead read, RfidRead tag) {
        long shown = CanonicalPlate.pack(read.plate());
        long registered = CanonicalPlate.pack(tag.registeredPlate());
        if (shown == registered || offers(read, registered)) {
            return null;
        }
        int edits = edits(read.plate(), tag.registeredPlate());
        double plate =
                ANY_PLATE
                        * (population.bearing(shown, PlateSyntax.of(read.country())) > 0
                                ? 1
                                : NO_SERIES);
        HypothesisOdds odds =
                new HypothesisOdds(
                        DIFFERS * plate, misread(shown, registered, edits), MISPAIRED * plate);
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

    /** The probability that the registered plate is read as {@code shown}. */
    private double misread(long shown, long registered, int edits) {
        int readLength = CanonicalPlate.unpack(shown, readSymbols);
        int tagLength = CanonicalPlate.unpack(registered, tagSymbols);
        double byCharacters =
                Math.exp(
                        ConfusionModel.logProbability(
                                readSymbols, readLength, tagSymbols, tagLength));
        double texts = 1;
        for (int edit = 0; edit < edits; edit++) {
            texts *= (double) Math.max(1, tagLength - edit) * SYMBOLS / (edit + 1);
        }
        double badly = edits < 2 ? 0 : BADLY_READ * Math.pow(EACH_EDIT_MORE, edits - 2.0) / texts;
        return byCharacters + badly;
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
        odds.times(
                        OTHER_CAR,
                        same ? chance / Attribute.RIGHT : (1 - chance) / (1 - Attribute.RIGHT))
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

    private static int edits(String shown, String registered) {
        return (int)
                PlateAlignment.of(shown, registered)
                        .differs()
                        .chars()
                        .filter(c -> c == '^')
                        .count();
    }
}
