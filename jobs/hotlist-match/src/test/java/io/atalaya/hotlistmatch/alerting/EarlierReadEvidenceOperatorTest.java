package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static org.assertj.core.api.Assertions.assertThat;

/** The effect of earlier reads on the alert of an uncertain read. */
class EarlierReadEvidenceOperatorTest {
    private static final String PLATE = "NKR4816";

    /** A misread that is no valid plate. */
    private static final String NO_PLATE = "NKRA816";

    /** A look-alike that may be the plate of another vehicle. */
    private static final String ANOTHER_PLATE = "NKR481G";

    private static final long MINUTE = 60_000;

    /** Longer in ms than any wait of the operator. */
    private static final long SETTLED = 10_000;

    private final Map<String, Alert> last = new HashMap<>();
    private Subtask<EntryEvent, ReferenceUpdate, Alert> decide;

    @BeforeEach
    void startWithOneEntryAndTwoArches() throws Exception {
        decide = Subtask.start(Operators.decide(), Backend.HEAP, NOON);
        for (String device : List.of("ARCH-1", "ARCH-2")) {
            decide.second(
                    new ReferenceUpdate.DeviceChanged(
                            new DeviceChange(device, arch(device, "TOLUCA"), NOON)));
        }
        decide.first(
                new EntryEvent.VersionStarted(
                        new EntryVersion(entry("A", PLATE), NOON, true, RecordPosition.UNKNOWN)));
        // The watermark has started; only then can it stall.
        decide.watermark(NOON - 1);
    }

    @AfterEach
    void stop() throws Exception {
        decide.close();
    }

    @Test
    void theVehicleRecognisedShortlyBeforeSpeaksForADoubtfulRead() throws Exception {
        double alone = read("ARCH-2", 1, NO_PLATE).assessment().score();
        assertThat(read("ARCH-1", 200, PLATE).assessment().score()).isGreaterThan(0.95);
        Alert soon = read("ARCH-2", 205, NO_PLATE);
        assertThat(part(soon, "earlier-read").text().en())
                .isEqualTo("the listed vehicle was recognised 5 min before at ARCH-1");
        assertThat(soon.assessment().score()).isGreaterThan(alone);
        assertThat(soon.assessment().action()).isEqualTo(Alert.Action.ALERT);

        Alert later = read("ARCH-2", 260, NO_PLATE);
        assertThat(later.assessment().score()).isBetween(alone, soon.assessment().score());
        assertThat(part(read("ARCH-2", 900, NO_PLATE), "earlier-read")).isNull();
    }

    @Test
    void aDoubtfulEarlierReadIsNoEvidence() throws Exception {
        read("ARCH-1", 200, NO_PLATE);
        Alert next = read("ARCH-2", 205, NO_PLATE);
        assertThat(part(next, "earlier-read")).isNull();
        assertThat(part(next, "known-text")).isNull();
    }

    @Test
    void anotherPlateThatKeepsComingBackIsAnotherVehicleButStaysShown() throws Exception {
        double before = 1;
        for (int times = 0; times < 4; times++) {
            Alert alert = read("ARCH-1", 30 * (times + 1), ANOTHER_PLATE);
            assertThat(alert.assessment().score()).isLessThan(before);
            assertThat(alert.assessment().action()).isEqualTo(Alert.Action.REVIEW);
            before = alert.assessment().score();
            if (times > 0) {
                assertThat(part(alert, "known-text").text().en())
                        .isEqualTo(
                                "NKR481G was read before: %d times; the listed plate: 0"
                                        .formatted(times));
            }
        }
    }

    @Test
    void aTextThatComesBackWhereTheVehicleItselfDoesIsItsMisread() throws Exception {
        read("ARCH-1", 30, ANOTHER_PLATE);
        double unseen = part(read("ARCH-1", 60, ANOTHER_PLATE), "known-text").logOdds();
        read("ARCH-2", 90, PLATE);
        double seen = part(read("ARCH-1", 120, ANOTHER_PLATE), "known-text").logOdds();
        assertThat(seen).isBetween(unseen, 0.0);
    }

    /** The same facts in the other order. */
    @Test
    void anEarlierReadThatIsKnownLaterCountsToo() throws Exception {
        send("ARCH-2", 205, NO_PLATE);
        settle();
        Alert alone = last.get("ARCH-2/R205");
        send("ARCH-1", 200, PLATE);
        settle();
        // Another passage of the vehicle updates this alert.
        Alert together = last.get("ARCH-2/R205");
        assertThat(together.revision()).isGreaterThan(alone.revision());
        assertThat(part(together, "earlier-read")).isNotNull();
    }

    /** Without the earlier reads it would have been emitted at once, before its tag arrived. */
    @Test
    void aTagRulesOutAReviewByEarlierReads() throws Exception {
        Vehicle appearance = new Vehicle("NISSAN", null, null, null, 0.9);
        decide.first(
                new EntryEvent.VersionStarted(
                        new EntryVersion(
                                lookingLike(appearance), NOON, true, RecordPosition.UNKNOWN)));
        assertThat(read(offering(200, appearance)).assessment().action())
                .isEqualTo(Alert.Action.ALERT);
        for (int times = 0; times < 15; times++) {
            read("ARCH-1", 10 + 12 * times, ANOTHER_PLATE);
        }

        PlateRead read = offering(300, appearance);
        decide.now(read.deviceTime());
        decide.watermark(read.deviceTime());
        send(read);
        RfidRead tag =
                new RfidRead("T1", "ARCH-2", null, read.deviceTime(), "TAG", ANOTHER_PLATE, null);
        decide.first(
                new EntryEvent.ReadMatched(
                        "A",
                        NOON,
                        new TagAssignment(
                                "ARCH-2/R300",
                                read.deviceTime() + 1,
                                read.deviceTime() + 1,
                                false,
                                tag,
                                "R300",
                                CanonicalPlate.pack(ANOTHER_PLATE),
                                1,
                                RecordPosition.UNKNOWN)));
        settle();

        assertThat(last.keySet()).doesNotContain("ARCH-2/R300").contains("ARCH-1/R178");
    }

    private static HotlistEntry lookingLike(Vehicle appearance) {
        HotlistEntry open = entry("A", PLATE);
        return new HotlistEntry(
                "A",
                PLATE,
                null,
                null,
                open.country(),
                open.state(),
                open.reason(),
                open.caseNumber(),
                open.agency(),
                open.source(),
                90,
                null,
                null,
                appearance,
                open.scope(),
                open.match(),
                false,
                List.of());
    }

    /**
     * A read of the other plate by a vehicle of this appearance, with the listed plate as a
     * candidate.
     */
    private static PlateRead offering(int minute, Vehicle appearance) {
        return TestRecords.read(
                "ARCH-2",
                null,
                "R" + minute,
                NOON + minute * MINUTE,
                ANOTHER_PLATE,
                0.5,
                List.of(new Candidate(PLATE, 0.4)),
                null,
                appearance,
                null,
                false);
    }

    private Alert read(PlateRead read) throws Exception {
        send(read);
        settle();
        return last.get(read.deviceId() + "/" + read.readId());
    }

    private Alert read(String device, int minute, String plate) throws Exception {
        send(device, minute, plate);
        settle();
        return last.get(device + "/R" + minute);
    }

    private void send(String device, int minute, String plate) throws Exception {
        long at = NOON + minute * MINUTE;
        send(TestRecords.read(device, "R" + minute, at, plate, plate.equals(PLATE) ? 0.95 : 0.5));
    }

    private void send(PlateRead read) throws Exception {
        decide.first(new EntryEvent.ReadMatched("A", NOON, enrichedRead(read)));
        decide.now(Math.max(decide.now(), read.deviceTime()));
    }

    private void settle() throws Exception {
        decide.now(decide.now() + SETTLED);
        for (Alert alert : decide.drain()) {
            List<String> reads = alert.evidence().reads();
            last.put(alert.deviceId() + "/" + reads.get(0), alert);
        }
    }

    private static ScoreContribution part(Alert alert, String name) {
        return alert.evidence().parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
