package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.event.VehicleTag;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
import io.atalaya.hotlistmatch.score.ScoreBoundFilter;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

/** Samples for the serializers of passages. */
public final class PassageSamples {
    static final ScoreBoundFilter PLAUSIBILITY =
            new ScoreBoundFilter(Operators.THRESHOLDS, Operators.MAX_OCR_LOG_ODDS);
    private static final long NOON = SharedSamples.NOON;
    public static final EnrichedRead ENRICHED_READ =
            new EnrichedRead("ARCO-1/R-1", NOON + 5, true, SharedSamples.FULL_READ)
                    .from(new RecordPosition(3, 1_000_000));
    public static final Retraction RETRACTION =
            new Retraction(
                    "ARCO-1",
                    "ARCO-1/R-1",
                    "ARCO-1/R-2",
                    NOON + 9,
                    true,
                    0,
                    new RecordPosition(3, 1_000_001));

    public static final TagAssignment TAGGED =
            new TagAssignment(
                    "ARCO-1/R-1",
                    NOON + 5,
                    NOON + 7,
                    false,
                    tag("T-1").read(),
                    "R-1",
                    CanonicalPlate.pack("NKR-48-16"),
                    2,
                    new RecordPosition(1, 2_000));
    public static final Retraction TAG_GONE =
            new Retraction(
                    "ARCH-7",
                    "ARCO-1/R-1",
                    TAGGED.readKey(),
                    NOON + 9,
                    true,
                    3,
                    RecordPosition.UNKNOWN);

    private static final EnrichedRead TRUSTED =
            new EnrichedRead(
                    "ARCO-1/R-1",
                    NOON,
                    false,
                    new ConfidenceRank(0.25f, 200),
                    SharedSamples.FULL_READ);

    /** A device whose reads all have a confidence rank. */
    private static final EnrichedRead FIRST_OF_ITS_PASSAGE =
            new EnrichedRead(
                    SharedSamples.FULL_READ.deviceId() + "/" + SharedSamples.FULL_READ.readId(),
                    SharedSamples.FULL_READ.deviceTime() + 250,
                    false,
                    new ConfidenceRank(0.125f, 200),
                    SharedSamples.FULL_READ);

    public static final EnrichedRead WITH_OCR_RESULT =
            ENRICHED_READ.with(
                    new OcrResult(
                            CanonicalPlate.pack("NKR-48-16"),
                            OcrResult.Outcome.READ,
                            -0.75f,
                            4.18f,
                            "NKR4816"));

    private static final EnrichedRead UNREADABLE =
            ENRICHED_READ.with(
                    OcrResult.without(
                            CanonicalPlate.pack("NKR-48-16"), OcrResult.Outcome.UNREADABLE));

    private PassageSamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(
                        PassageEvent.class,
                        FIRST_OF_ITS_PASSAGE,
                        ENRICHED_READ,
                        TRUSTED,
                        WITH_OCR_RESULT,
                        UNREADABLE,
                        RETRACTION,
                        TAG_GONE,
                        TAGGED,
                        ALONE),
                SerializerSample.of(
                        VehicleTag.class,
                        new VehicleTag("E2801160", "NKR-48-16"),
                        new VehicleTag("É2", null)),
                SerializerSample.of(RfidRead.class, tag("T-1").read(), BARE_TAG),
                SerializerSample.of(
                        DeviceRead.class,
                        ENRICHED_READ.withImage("/9j/4AAQ"),
                        ENRICHED_READ,
                        tag("T-1")),
                SerializerSample.of(
                        EnrichedRead.class,
                        FIRST_OF_ITS_PASSAGE,
                        WITH_OCR_RESULT,
                        new EnrichedRead("ARCO-1/R-2", NOON, false, SharedSamples.WITHDRAWAL)),
                SerializerSample.of(
                        DeviceReadsDelta.class, memory(), new DeviceReads(undo -> {}).copy()));
    }

    private static final RfidRead BARE_TAG =
            new RfidRead("T-9", "ARCH-7", null, NOON, "REP1", null, null);

    /** A tag without plate. */
    private static final TagAssignment ALONE =
            new TagAssignment(
                    "ARCH-7/tag/T-9",
                    NOON + 5,
                    NOON + 7,
                    true,
                    BARE_TAG,
                    null,
                    0,
                    1,
                    RecordPosition.UNKNOWN);

    private static EnrichedTagRead tag(String readId) {
        return new EnrichedTagRead(
                NOON,
                false,
                new RfidRead(
                        readId,
                        "ARCH-7",
                        2,
                        NOON - 30,
                        "REP771F7B11B16",
                        "NKR-48-16",
                        new Vehicle("NISSAN", null, "WHITE", "SEDAN", null)),
                new RecordPosition(1, 2_000));
    }

    private static DeviceReadsDelta memory() {
        DeviceReads memory = new DeviceReads(undo -> {});
        long[] one = {CanonicalPlate.pack("NKR-48-16")};
        long[] two = {CanonicalPlate.pack("NKR-4B-16"), CanonicalPlate.pack("NKR-48-16")};
        memory.addPlate(new DeviceReadsDelta.Plate("R-1", "R-1", NOON, 2, NOON - 40, one), null);
        memory.addPlate(
                new DeviceReadsDelta.Plate("R-2", "R-1", NOON + 5, 2, NOON - 40, two), null);
        Assignment alone = new Assignment(null, null, NOON);
        Assignment revised = new Assignment("R-1", "R-2", NOON + 5);
        memory.tags().assign(memory.addTag(tag("T-1"), NOON + 9), List.of(alone, revised), 3);
        Assignment later = new Assignment(null, null, NOON + 9);
        memory.tags().assign(memory.addTag(tag("T-2"), TagRing.DECIDED), List.of(later), 3);
        memory.addTag(tag("T-3"), NOON + 9);
        memory.markRetracted("R-1", NOON + 5);
        memory.markRetracted("R-2", NOON + 9);
        return memory.copy();
    }
}
