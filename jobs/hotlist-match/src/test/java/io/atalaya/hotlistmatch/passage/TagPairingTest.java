package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

class TagPairingTest {
    private static final long NOON = 1_790_000_000_000L;
    private static final String ARCH = "ARCO-1";
    private static final long LATE_MS = 8_000;

    private final TagPairing pairing = new TagPairing(Duration.ofMillis(1500));
    private final PassageLogic logic =
            new PassageLogic(Duration.ofHours(1), 2048, pairing, PassageSamples.PLAUSIBILITY);
    private final DeviceReads device = new DeviceReads(undo -> {});
    private final Set<String> facts = new TreeSet<>();

    @Test
    void aTagOfTheSamePlateIsPairedAtOnce() throws Exception {
        take(plate("R-1", 0, 0, 100, "LXF0019"));
        take(tag("T-1", 0, 700, 900, "LXF0019"));
        assertThat(facts).containsExactly("T-1 belongs to R-1 at 900");
    }

    @Test
    void aTagOfAnotherPlateBelongsToTheOnlyVehicleNear() throws Exception {
        take(tag("T-1", 0, 700, 900, "PAM612K"));
        take(plate("R-1", 0, 0, 1_000, "LXF0019"));
        assertThat(facts).isEmpty();
        settle(3_399);
        assertThat(facts).isEmpty();
        settle(3_400);
        assertThat(facts).containsExactly("T-1 belongs to R-1 at 3400");
    }

    @Test
    void whereTwoVehiclesMightCarryItATagIsAlone() throws Exception {
        take(plate("R-1", 0, 0, 100, "LXF0019"));
        take(plate("R-2", 0, 1_400, 1_500, "NKR4816"));
        take(tag("T-1", 0, 700, 900, "PAM612K"));
        settle(10_000);
        assertThat(facts).containsExactly("T-1 is alone at 3400");
    }

    @Test
    void aVehicleWhoseTagIsKnownIsNotAsked() throws Exception {
        take(plate("R-1", 0, 0, 100, "LXF0019"));
        take(plate("R-2", 0, 1_400, 1_500, "NKR4816"));
        take(tag("T-1", 0, 700, 900, "PAM612K"));
        take(tag("T-2", 0, 1_300, 1_600, "NKR4816"));
        settle(10_000);
        assertThat(facts)
                .containsExactly("T-1 belongs to R-1 at 3400", "T-2 belongs to R-2 at 1600");
    }

    @Test
    void anotherLaneIsAnotherVehicle() throws Exception {
        take(plate("R-1", 3, 0, 100, "LXF0019"));
        take(tag("T-1", 0, 0, 100, "LXF0019"));
        settle(10_000);
        assertThat(facts).containsExactly("T-1 is alone at 2600");
    }

    @Test
    void aTagIsHeardInTheNeighbouringLane() throws Exception {
        take(plate("R-1", 1, 0, 100, "LXF0019"));
        take(plate("R-2", 0, 100, 200, "NKR4816"));
        take(tag("T-1", 0, 300, 400, "LXF0019"));
        settle(10_000);
        assertThat(facts).containsExactly("T-1 belongs to R-1 at 400");
    }

    @Test
    void aTagOfAnotherPlateIsOfTheVehicleInItsLane() throws Exception {
        take(plate("R-1", 1, 300, 400, "LXF0019"));
        take(tag("T-1", 0, 300, 400, "PAM612K"));
        settle(10_000);
        assertThat(facts).containsExactly("T-1 is alone at 2900");
    }

    @Test
    void ofTwoVehiclesTheNearerIsIt() throws Exception {
        take(plate("R-1", 0, 0, 100, "LXF0019"));
        take(plate("R-2", 0, 1_400, 1_500, "NKR4816"));
        take(tag("T-1", 0, 100, 900, "PAM612K"));
        settle(10_000);
        assertThat(facts).containsExactly("T-1 belongs to R-1 at 3400");
    }

    @Test
    void aPlateMisreadInTwoCharactersIsItsTagsRatherThanAnothers() throws Exception {
        take(plate("R-1", 0, 0, 100, "LXF0019"));
        take(plate("R-2", 0, 1_000, 1_100, "NKR4376"));
        take(tag("T-1", 0, 500, 900, "PAM612K"));
        take(tag("T-2", 0, 500, 1_000, "NKR4816"));
        settle(10_000);
        assertThat(facts)
                .containsExactly("T-1 belongs to R-1 at 3400", "T-2 belongs to R-2 at 3500");
    }

    @Test
    void aTagWhosePlateIsStillToComeTakesNoOthers() throws Exception {
        take(tag("T-1", 0, -1_400, -1_000, "PAM612K"));
        take(plate("R-1", 0, 0, 100, "LXF0019"));
        take(tag("T-2", 0, 1_100, 1_300, "NKR4816"));
        settle(1_500);
        take(plate("R-2", 0, 2_500, 2_600, "NKR4816"));
        settle(10_000);
        assertThat(facts)
                .containsExactly("T-1 belongs to R-1 at 1500", "T-2 belongs to R-2 at 2600");
    }

    @Test
    void aTagWithoutRegistrationThatStillWaitsMayBeOfTheOnlyPlate() throws Exception {
        take(tag("T-1", 0, -1_000, -900, "PAM612K"));
        take(plate("R-1", 0, 0, 100, "LXF0019"));
        take(tag("T-2", 0, 300, 400, null));
        settle(1_600);
        assertThat(facts).containsExactly("T-1 is alone at 1600");
    }

    @Test
    void aPlateThatComesLateTakesItsTag() throws Exception {
        take(tag("T-1", 0, 700, 900, "LXF0019"));
        settle(10_000);
        take(plate("R-1", 0, 0, 40_000, "LXF0019"));
        settle(40_000);
        assertThat(facts)
                .containsExactly(
                        "T-1 belongs to R-1 at 40000",
                        "T-1 is alone at 3400",
                        "T-1 is gone from ARCO-1/tag/T-1 at 40000");
    }

    @Test
    void aSecondDeliveryChangesNothing() throws Exception {
        take(tag("T-1", 0, 700, 900, "LXF0019"));
        take(plate("R-1", 0, 0, 1_000, "LXF0019"));
        take(tag("T-1", 0, 700, 900, "LXF0019"));
        settle(10_000);
        assertThat(facts).containsExactly("T-1 belongs to R-1 at 1000");
    }

    /** The topics have no common order; messages within a topic, and the watermark, are ordered. */
    @Property(tries = 400)
    void theOrderBetweenTheTopicsLeavesNoTrace(
            @ForAll("messages") List<DeviceRead> messages, @ForAll Random random) throws Exception {
        List<DeviceRead> inOrder = new ArrayList<>(messages);
        inOrder.sort(Comparator.comparingLong(DeviceRead::arrivalTime));
        List<DeviceRead> plates = new ArrayList<>(inOrder);
        plates.removeIf(EnrichedTagRead.class::isInstance);
        List<DeviceRead> tags = new ArrayList<>(inOrder);
        tags.removeIf(EnrichedRead.class::isInstance);

        TagPairingTest straight = new TagPairingTest();
        for (DeviceRead message : inOrder) {
            straight.take(message);
            straight.settle(message.arrivalTime() - NOON - 1);
        }
        straight.settle(1_000_000);

        TagPairingTest mixed = new TagPairingTest();
        int p = 0;
        int t = 0;
        while (p < plates.size() || t < tags.size()) {
            boolean plate = t == tags.size() || (p < plates.size() && random.nextBoolean());
            mixed.take(plate ? plates.get(p++) : tags.get(t++));
            // The watermark follows the slower topic.
            long next = Math.min(next(plates, p), next(tags, t));
            mixed.settle(next - NOON - 1);
        }
        mixed.settle(1_000_000);
        assertThat(mixed.facts).isEqualTo(straight.facts);
    }

    private static long next(List<DeviceRead> messages, int at) {
        return at < messages.size() ? messages.get(at).arrivalTime() : NOON + 500_000;
    }

    @Provide
    static Arbitrary<List<DeviceRead>> messages() {
        Arbitrary<Integer> ids = Arbitraries.integers().between(1, 1_000_000);
        Arbitrary<Integer> lanes = Arbitraries.integers().between(0, 2);
        Arbitrary<Long> times = Arbitraries.longs().between(0, 12_000);
        Arbitrary<Long> lags = Arbitraries.longs().between(50, LATE_MS);
        Arbitrary<String> texts =
                Arbitraries.of("LXF0019", "LXF0018", "LXF0728", "NKR4816", "PAM612K");
        return Combinators.combine(ids, lanes, times, lags, texts, Arbitraries.of(true, false))
                .as(
                        (id, lane, time, lag, text, isPlate) ->
                                isPlate
                                        ? (DeviceRead)
                                                plate("R-" + id, lane, time, time + lag, text)
                                        : tag("T-" + id, lane, time, time + lag, text))
                .list()
                .ofMaxSize(14)
                // Two messages of one device with the same arrival time have no defined order.
                .uniqueElements(DeviceRead::arrivalTime);
    }

    private void take(DeviceRead message) throws Exception {
        if (message instanceof EnrichedRead enrichedRead) {
            logic.process(enrichedRead, enrichedRead.arrivalTime(), device, this::note);
        } else {
            logic.process((EnrichedTagRead) message, message.arrivalTime(), device, this::note);
        }
    }

    private void settle(long now) throws Exception {
        for (long tag : device.tags().byRelease().upTo(NOON + now)) {
            pairing.settle(tag, device, NOON + now, this::note);
        }
    }

    private void note(PassageEvent event, long[] keys) {
        if (event instanceof TagAssignment assignment) {
            facts.add(
                    assignment.tag().readId()
                            + (assignment.plateReadId() == null
                                    ? " is alone"
                                    : " belongs to " + assignment.plateReadId())
                            + " at "
                            + (assignment.causedAt() - NOON));
        } else if (event instanceof Retraction retraction) {
            facts.add(
                    retraction.readKey().substring(retraction.readKey().lastIndexOf('/') + 1)
                            + " is gone from "
                            + retraction.passageId()
                            + " at "
                            + (retraction.causedAt() - NOON));
        }
    }

    private static EnrichedRead plate(
            String readId, int lane, long time, long arrival, String text) {
        return new EnrichedRead(
                PassageEvent.key(ARCH, readId),
                NOON + arrival,
                false,
                TestRecords.read(
                        ARCH,
                        lane,
                        readId,
                        NOON + time,
                        text,
                        0.95,
                        List.of(),
                        "MX",
                        null,
                        null,
                        false));
    }

    private static EnrichedTagRead tag(
            String readId, int lane, long time, long arrival, String plate) {
        return new EnrichedTagRead(
                NOON + arrival,
                false,
                new RfidRead(readId, ARCH, lane, NOON + time, "REP" + readId, plate, null),
                RecordPosition.UNKNOWN);
    }
}
