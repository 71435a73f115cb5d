package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.MismatchEvidence;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.HypothesisOdds;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.score.PlateSyntax;

import java.util.List;

/**
 * Detects plates that differ from the plates their tags were issued for. A pure function of one
 * plate read and the tag of the same passage.
 *
 * <p>Not thread-safe: one instance per operator.
 */
public final class MismatchLogic {
    /**
     * Minimum confidence of a text of no Mexican series, because it may be a sign or a fragment.
     */
    private static final double MIN_CONFIDENCE = 0.8;

    /** Minimum length, because shorter texts are signs and fragments. */
    private static final int MIN_LENGTH = 5;

    private final MismatchSettings settings;
    private final MismatchScore score = new MismatchScore();

    public MismatchLogic(MismatchSettings settings) {
        this.settings = settings;
    }

    /**
     * The finding, or null if the plates agree, one of them may be misread, or the tag may belong
     * to another vehicle.
     *
     * @param enrichedRead the plate read
     * @param tag paired with it because no other vehicle was near
     * @param at arrival time from which the pair was known, epoch ms
     */
    public CrossCheckFinding evaluate(EnrichedRead enrichedRead, RfidRead tag, long at) {
        PlateRead read = enrichedRead.read();
        if (tag.registeredPlate() == null || !isPlate(read)) {
            return null;
        }
        HypothesisOdds odds = score.score(read, tag);
        Alert.Action action = odds == null ? null : settings.thresholds().action(odds.posterior());
        return action == null ? null : crossCheckFinding(enrichedRead, tag, at, odds, action);
    }

    /** How likely a plate was misread is up to the score, which knows the reader's confidence. */
    private static boolean isPlate(PlateRead read) {
        return CanonicalPlate.length(CanonicalPlate.pack(read.plate())) >= MIN_LENGTH
                && (read.confidence() >= MIN_CONFIDENCE
                        || PlateSyntax.MEXICO.canBePlate(read.plate()));
    }

    private CrossCheckFinding crossCheckFinding(
            EnrichedRead enrichedRead,
            RfidRead tag,
            long at,
            HypothesisOdds odds,
            Alert.Action action) {
        PlateRead read = enrichedRead.read();
        return new CrossCheckFinding(
                new Alert(
                        new Alert.Identity(
                                AlertId.of(
                                        AlertType.PLATE_TAG_MISMATCH,
                                        enrichedRead.readKey(),
                                        PassageEvent.key(tag.deviceId(), tag.readId())),
                                AlertType.PLATE_TAG_MISMATCH),
                        new Alert.Emission(at, at, 0),
                        new Alert.Lifecycle(
                                Alert.Status.NEW, read.deviceTime(), read.deviceTime(), null),
                        Alert.Place.of(read.deviceId(), null),
                        new Alert.Subject(read.plate(), null, List.of()),
                        new Alert.Assessment(
                                action,
                                odds.posterior(),
                                settings.priority(),
                                Message.of(
                                        MessageCode.PLATE_TAG_MISMATCH,
                                        read.plate(),
                                        tag.registeredPlate())),
                        evidence(enrichedRead, tag, odds),
                        null,
                        Alert.Disclosure.EVERYONE),
                List.of(read.plate(), tag.registeredPlate()),
                List.of(tag.tagId()),
                at,
                enrichedRead.readOrigin());
    }

    private static MismatchEvidence evidence(
            EnrichedRead enrichedRead, RfidRead tag, HypothesisOdds odds) {
        PlateRead read = enrichedRead.read();
        return new MismatchEvidence(
                List.of(read.readId(), tag.readId()),
                read.imageRef() == null ? List.of() : List.of(read.imageRef()),
                HotlistEvidence.Read.of(read, enrichedRead.isClockSuspect()),
                HotlistEvidence.Tag.of(tag),
                odds.parts());
    }
}
