package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.harness.InterleavedGraph;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.covertTag;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A covert entry that knows its vehicle by the tag alone: no other recipient receives a clone of
 * the vehicle's plate or a convoy with it in any alert.
 */
class CovertByTagOperatorTest {
    private static final String SHOWN = "PUF719L";
    private static final String LISTED = "NKR4816";
    private static final String TAG = "E2801160";
    private static final HotlistEntry COVERT = covertTag("SECRET", TAG);

    /** The order of messages with one arrival time, and the watermark after the last one. */
    private enum Run {
        PLATES_FIRST,
        TAGS_FIRST,
        /** The watermark is stalled after the last read. */
        THEN_SILENCE
    }

    @ParameterizedTest
    @EnumSource
    void aCloneOfThePlateThatItsVehicleShows(Run run) throws Exception {
        List<DeviceRead> messages = new ArrayList<>();
        messages.add(enrichedRead(read("ARCO-0", "R-0", NOON, SHOWN)));
        messages.add(enrichedRead(read("ARCO-3", "R-3", NOON + 60_000, SHOWN)));
        // The tag has no registered plate, so it waits as long as a plate may arrive.
        messages.add(tag("ARCO-3", NOON + 60_900));

        assertAllCovert(AlertType.CLONED_PLATE, run(run, List.of(COVERT), messages));
    }

    @ParameterizedTest
    @EnumSource
    void aConvoyWhoseCompanionItIs(Run run) throws Exception {
        List<DeviceRead> messages = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long time = NOON + 240_000L * i;
            messages.add(enrichedRead(read("ARCO-" + i, "L-" + i, time, LISTED)));
            messages.add(enrichedRead(read("ARCO-" + i, "R-" + i, time + 8_000, SHOWN)));
        }
        messages.add(tag("ARCO-1", NOON + 248_900));

        assertAllCovert(
                AlertType.CONVOY, run(run, List.of(COVERT, entry("OPEN", LISTED)), messages));
    }

    /** The vehicle is on the open list by its plate and on the covert one by its tag. */
    @ParameterizedTest
    @EnumSource
    void aConvoyOfItsVehicle(Run run) throws Exception {
        List<DeviceRead> messages = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long time = NOON + 240_000L * i;
            messages.add(enrichedRead(read("ARCO-" + i, "L-" + i, time, LISTED)));
            messages.add(enrichedRead(read("ARCO-" + i, "R-" + i, time + 8_000, SHOWN)));
        }
        messages.add(tag("ARCO-1", NOON + 240_900));

        assertAllCovert(
                AlertType.CONVOY, run(run, List.of(COVERT, entry("OPEN", LISTED)), messages));
    }

    private static void assertAllCovert(AlertType type, List<Alert> alerts) {
        assertThat(alerts.stream().filter(alert -> alert.type() == type))
                .isNotEmpty()
                .allSatisfy(
                        alert -> {
                            assertThat(alert.disclosure().isCovert()).isTrue();
                            assertThat(alert.disclosure().notified())
                                    .containsExactly("unit-SECRET");
                        });
    }

    private static List<Alert> run(Run run, List<HotlistEntry> list, List<DeviceRead> messages)
            throws Exception {
        List<DeviceRead> inOrder = new ArrayList<>(messages);
        Comparator<DeviceRead> tagsLast =
                Comparator.comparing(message -> message instanceof EnrichedTagRead);
        inOrder.sort(run == Run.TAGS_FIRST ? tagsLast.reversed() : tagsLast);
        long last = messages.stream().mapToLong(DeviceRead::arrivalTime).max().orElseThrow();
        try (InterleavedGraph graph = new InterleavedGraph(NOON)) {
            for (int i = 0; i < 4; i++) {
                graph.send(
                        new DeviceChange(
                                "ARCO-" + i,
                                arch("ARCO-" + i, "TOLUCA", 19.2 + 0.1 * i),
                                NOON - 7_200_000));
            }
            list.forEach(
                    entry ->
                            graph.send(
                                    new HotlistChange(
                                            entry.entryId(),
                                            entry,
                                            NOON - 60_000,
                                            RecordPosition.UNKNOWN)));
            graph.deliverAll();
            graph.pass(1_000);
            graph.clock(NOON - 1_000);
            for (DeviceRead message : inOrder) {
                graph.send(message);
                graph.deliverAll();
                graph.pass(100);
            }
            graph.clock(last - 1_000);
            for (int second = 0; second < 30; second++) {
                if (run != Run.THEN_SILENCE) {
                    graph.clock(last - 1_000 + 1_000L * second);
                }
                graph.deliverAll();
                graph.pass(1_000);
                graph.deliverAll();
            }
            return graph.alerts();
        }
    }

    private static EnrichedTagRead tag(String device, long time) {
        return new EnrichedTagRead(
                time,
                false,
                new RfidRead("T-" + time, device, null, time, TAG, null, null),
                RecordPosition.UNKNOWN);
    }
}
