package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.serializer.PlateReadSerializer;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.score.ConfidenceRank;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event is read back unchanged, except for the image of a read and confidences, which are
 * rounded to 6 decimals.
 */
class PassageEventSerializerTest {
    private static final RecordSerializer<PassageEvent> EVENTS =
            RecordSerializer.of(PassageEvent.class);
    private static final long NOON = SharedSamples.NOON;

    /** Few and similar ids, so that they are often equal or part of one another. */
    private static Arbitrary<String> ids() {
        return Arbitraries.of("A", "A/B", "B", "/", "", "A/tag/B", "tag/B", "Ñ-1", "B/A");
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-100_000, 100_000).map(distance -> NOON + distance),
                Arbitraries.longs());
    }

    /** Ranks as a confidence histogram returns them, and any other values. */
    private static Arbitrary<ConfidenceRank> trusts() {
        Arbitrary<ConfidenceRank> shares =
                Arbitraries.integers()
                        .between(1, 4096)
                        .flatMap(
                                reads ->
                                        Arbitraries.integers()
                                                .between(0, 2 * reads)
                                                .map(h -> (float) (h / 2.0 / reads))
                                                .map(rank -> new ConfidenceRank(rank, reads)));
        Arbitrary<ConfidenceRank> any =
                Combinators.combine(
                                Arbitraries.floats().between(0, 1),
                                Arbitraries.integers().between(0, Integer.MAX_VALUE))
                        .as(ConfidenceRank::new);
        return Arbitraries.oneOf(
                shares,
                any,
                Arbitraries.of(
                        ConfidenceRank.UNKNOWN,
                        new ConfidenceRank(-0f, 8),
                        new ConfidenceRank(1, Integer.MAX_VALUE)));
    }

    @Provide
    Arbitrary<EnrichedRead> enrichedReads() {
        Arbitrary<OcrResult> ocrResults =
                Arbitraries.of(OcrResult.Outcome.class)
                        .map(outcome -> OcrResult.without(7, outcome))
                        .injectNull(0.7);
        Arbitrary<EnrichedRead> bare =
                Combinators.combine(
                                ids(),
                                ids(),
                                ids(),
                                times(),
                                times(),
                                trusts(),
                                ocrResults,
                                Arbitraries.of(true, false))
                        .as(
                                (passageId,
                                        deviceId,
                                        readId,
                                        time,
                                        arrival,
                                        confidenceRank,
                                        ocrResult,
                                        suspect) ->
                                        new EnrichedRead(
                                                passageId,
                                                arrival,
                                                suspect,
                                                confidenceRank,
                                                read(deviceId, readId, time),
                                                ocrResult,
                                                RecordPosition.UNKNOWN));
        return Combinators.combine(bare, positions()).as(EnrichedRead::from);
    }

    private static Arbitrary<RecordPosition> positions() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, Integer.MAX_VALUE - 1),
                        Arbitraries.longs().between(0, Long.MAX_VALUE))
                .as(RecordPosition::new)
                .edgeCases(edges -> edges.add(RecordPosition.UNKNOWN));
    }

    private static PlateRead read(String deviceId, String readId, long time) {
        return TestRecords.read(
                deviceId,
                1,
                readId,
                time,
                "NKR-48-16",
                0.1234567891,
                List.of(),
                null,
                null,
                null,
                false);
    }

    @Provide
    Arbitrary<TagAssignment> assignment() {
        Arbitrary<RfidRead> tags =
                Combinators.combine(ids(), ids(), times(), Arbitraries.of(true, false))
                        .as(
                                (deviceId, readId, time, isKnown) ->
                                        new RfidRead(
                                                readId,
                                                deviceId,
                                                isKnown ? 2 : null,
                                                time,
                                                "REP1",
                                                isKnown ? "NKR-48-16" : null,
                                                isKnown
                                                        ? new Vehicle(
                                                                "KIA", null, "RED", null, null)
                                                        : null));
        return Combinators.combine(
                        ids(),
                        times(),
                        times(),
                        tags,
                        ids().injectNull(0.3),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 300),
                        positions())
                .as(
                        (passageId, arrival, at, tag, plateReadId, plate, emitted, position) ->
                                new TagAssignment(
                                        passageId,
                                        arrival,
                                        at,
                                        plate % 2 == 0,
                                        tag,
                                        plateReadId,
                                        plate,
                                        emitted,
                                        position));
    }

    @Provide
    Arbitrary<Retraction> retraction() {
        return Combinators.combine(
                        ids(),
                        ids(),
                        ids(),
                        times(),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 300),
                        positions())
                .as(
                        (deviceId, passageId, readId, at, revised, emitted, position) ->
                                new Retraction(
                                        deviceId,
                                        passageId,
                                        PassageEvent.key(deviceId, readId),
                                        at,
                                        revised,
                                        emitted,
                                        position));
    }

    @Property
    void aReadIsReadAsItWas(@ForAll("enrichedReads") EnrichedRead enrichedRead) throws IOException {
        assertThat(written(enrichedRead))
                .isEqualTo(
                        new EnrichedRead(
                                enrichedRead.passageId(),
                                enrichedRead.arrivalTime(),
                                enrichedRead.isClockSuspect(),
                                enrichedRead.confidenceRank(),
                                kept(enrichedRead.read()),
                                enrichedRead.ocrResult(),
                                enrichedRead.position()));
        assertThat(written(enrichedRead).origin().address())
                .isEqualTo(enrichedRead.origin().address());
    }

    @Property
    void aTagIsReadAsItWas(@ForAll("assignment") TagAssignment assignment) throws IOException {
        assertThat(written(assignment)).isEqualTo(assignment);
        assertThat(written(assignment).origin().address()).isEqualTo(assignment.origin().address());
    }

    @Property
    void anEndIsReadAsItWas(@ForAll("retraction") Retraction retraction) throws IOException {
        assertThat(written(retraction)).isEqualTo(retraction);
        assertThat(written(retraction).origin().address()).isEqualTo(retraction.origin().address());
    }

    /** Most of the state is like this: the first read of a passage, with appearance. */
    @Test
    void aTypicalReadIsShort() throws IOException {
        PlateRead read =
                new PlateRead(
                        "R1a2b-0012345",
                        "ARCH-0042",
                        2,
                        NOON,
                        "NKR-48-16",
                        0.93,
                        List.of(),
                        "MX",
                        null,
                        null,
                        84.5,
                        new Vehicle("NISSAN", null, "WHITE", "SEDAN", 0.8),
                        null,
                        null,
                        null,
                        false);
        DataOutputSerializer out = new DataOutputSerializer(16);
        EVENTS.write(
                new EnrichedRead(
                                "ARCH-0042/R1a2b-0012345",
                                NOON + 250,
                                false,
                                new ConfidenceRank(0.25f, 400),
                                read)
                        .from(new RecordPosition(3, 10_000_000)),
                out);
        assertThat(out.length()).isLessThanOrEqualTo(69);
    }

    private static PassageEvent written(PassageEvent event) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        EVENTS.write(event, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        PassageEvent read = EVENTS.read(in);
        assertThat(in.available()).as("bytes left over").isZero();
        return read;
    }

    private static PlateRead kept(PlateRead read) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        PlateReadSerializer.INSTANCE.write(read, out);
        return PlateReadSerializer.INSTANCE.read(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
