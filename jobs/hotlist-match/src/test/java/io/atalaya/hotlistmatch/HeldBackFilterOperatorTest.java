package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.harness.InterleavedGraph;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.pattern;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static io.atalaya.hotlistmatch.TestRecords.revision;
import static io.atalaya.hotlistmatch.TestRecords.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * No read is lost: for any delay between the edges of the graph and any restart of the job, the
 * last revision of each alert is the same.
 *
 * <p>A slow edge can deliver a repeat before the passage that it repeats, or a read before the end
 * of its entry. Such an alert is cancelled later, so one run may have more alerts than another, but
 * these end {@code CANCELLED}.
 */
class HeldBackFilterOperatorTest {
    private static final long END = NOON + 60_000;

    /** The records of the sources, by arrival time; ARCO-3 is registered last, ARCO-4 never. */
    private static final List<Consumer<InterleavedGraph>> RECORDS =
            List.of(
                    device("ARCO-1", "TOLUCA", 0),
                    device("ARCO-2", "ECATEPEC", 0),
                    // Reads before any entry.
                    arriving(read("ARCO-1", "A1", at(1), "YBC-20-61")),
                    arriving(read("ARCO-2", "B1", at(2), "Y8C-20-61")),
                    arriving(read("ARCO-3", "C1", at(2), "TWN-84-25")),
                    list(entry("NEW", "YBC-20-61"), 3),
                    list(pattern("PATTERN", "GHK?9*"), 3),
                    list(entry("REPEATED", "LXF-001-9"), 4),
                    arriving(read("ARCO-1", "A2", at(5), "YBC-20-61")),
                    arriving(read("ARCO-1", "A3", at(6), "LXF-001-9")),
                    arriving(read("ARCO-1", "A4", at(7), "LXF-001-9")),
                    arriving(read("ARCO-4", "D1", at(7), "LXF-001-9")),
                    arriving(read("ARCO-2", "B2", at(8), "GHK-59-12")),
                    // The plate of an entry changes: the old plate matches until then, the new one
                    // also past reads.
                    list(entry("CHANGED", "NKR-48-16"), 9),
                    arriving(read("ARCO-2", "B3", at(10), "NKR-48-16")),
                    arriving(read("ARCO-2", "B4", at(10), "MTU-75-31")),
                    list(entry("CHANGED", "MTU-75-31"), 11),
                    arriving(read("ARCO-3", "C2", at(12), "NKR-48-16")),
                    arriving(read("ARCO-3", "C3", at(12), "MTU-75-31")),
                    // A short-lived entry, listed again later.
                    list(entry("REMOVED", "TWN-84-25"), 13),
                    arriving(read("ARCO-4", "D2", at(14), "TWN-84-25")),
                    removal("REMOVED", 15),
                    arriving(read("ARCO-4", "D3", at(16), "TWN-84-25")),
                    list(entry("REMOVED", "TWN-84-25"), 17),
                    // Reads that are withdrawn or revised, to the listed plate and away from it.
                    arriving(read("ARCO-1", "A5", at(18), "LXF-001-9")),
                    arriving(withdrawal("ARCO-1", "A3", at(19))),
                    arriving(read("ARCO-2", "B5", at(20), "PHA-62-94")),
                    list(entry("REVISED", "PHA-62-94"), 21),
                    arriving(revision("ARCO-2", "B6", at(22), "PHA-99-94", "B5")),
                    arriving(read("ARCO-3", "C4", at(22), "PHA-11-94")),
                    arriving(revision("ARCO-3", "C5", at(23), "PHA-62-94", "C4")),
                    // A second delivery.
                    arriving(read("ARCO-4", "D1", at(7), "LXF-001-9")),
                    removal("PATTERN", 24),
                    arriving(read("ARCO-2", "B7", at(25), "GHK-59-12")),
                    device("ARCO-3", "TOLUCA", 26));

    private static Map<String, Alert> expected;

    private static Map<String, Alert> expected() throws Exception {
        if (expected == null) {
            try (InterleavedGraph graph = new InterleavedGraph(NOON)) {
                for (var record : RECORDS) {
                    record.accept(graph);
                    graph.deliverAll();
                    settle(graph);
                }
                expected = finish(graph);
            }
        }
        return expected;
    }

    /** Checks the expected alerts themselves. */
    @Test
    void inOrder() throws Exception {
        assertThat(expected().values())
                .extracting(
                        alert ->
                                "%s %s x%d at %s%s"
                                        .formatted(
                                                alert.subject().entryId(),
                                                alert.status(),
                                                evidence(alert).count(),
                                                alert.deviceId(),
                                                evidence(alert).retrospective()
                                                        ? " retrospective"
                                                        : ""))
                .containsExactlyInAnyOrder(
                        "NEW NEW x1 at ARCO-1 retrospective",
                        "NEW NEW x1 at ARCO-2 retrospective",
                        "NEW NEW x1 at ARCO-1",
                        "PATTERN ENDED x1 at ARCO-2",
                        // A3 heads the alert until it is withdrawn, then A4 does.
                        "REPEATED CANCELLED x1 at ARCO-1",
                        "REPEATED NEW x2 at ARCO-1",
                        "REPEATED UPDATED x1 at ARCO-4",
                        "CHANGED ENDED x1 at ARCO-2",
                        "CHANGED NEW x1 at ARCO-2 retrospective",
                        "CHANGED UPDATED x1 at ARCO-3",
                        "REMOVED ENDED x1 at ARCO-3 retrospective",
                        "REMOVED ENDED x1 at ARCO-4",
                        "REMOVED UPDATED x1 at ARCO-4 retrospective",
                        "REVISED CANCELLED x1 at ARCO-2 retrospective",
                        "REVISED UPDATED x1 at ARCO-3");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theListOfOneFilterIsHeldBackWhileAllReadsPass(int filter) throws Exception {
        holdBackWhileAllReadsPass(List.of(InterleavedGraph.listOfFilter(filter)));
    }

    /**
     * The filters have changes that the buckets lack; neither of the two buckets of a plate has
     * them.
     */
    @Test
    void theListOfTheBucketsIsHeldBackWhileAllReadsPass() throws Exception {
        holdBackWhileAllReadsPass(InterleavedGraph.listsOfBuckets());
    }

    private static void holdBackWhileAllReadsPass(List<String> held) throws Exception {
        try (InterleavedGraph graph = new InterleavedGraph(NOON)) {
            for (var record : RECORDS) {
                record.accept(graph);
                graph.deliverAllBut(held);
                graph.pass(50);
                graph.deliverAllBut(held);
            }
            assertThat(graph.busyEdges()).isEqualTo(held);

            assertSameLastRevisions(finish(graph));
        }
    }

    @Property(tries = 15)
    void everyInterleavingOfTheEdgesGivesTheSame(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        try (InterleavedGraph graph = new InterleavedGraph(NOON)) {
            int sent = 0;
            // Each run has slow edges, so that others get far ahead of them. In half of the runs
            // all edges between two operators are slow, because a plate has two buckets and one of
            // them is enough.
            int slow = random.nextInt();
            boolean allOfAStep = random.nextBoolean();
            while (sent < RECORDS.size() || !graph.busyEdges().isEmpty()) {
                List<String> busy = graph.busyEdges();
                int what = random.nextInt(100);
                if (sent < RECORDS.size() && (busy.isEmpty() || what < 15)) {
                    RECORDS.get(sent++).accept(graph);
                } else if (what < 25) {
                    graph.pass(1 + random.nextInt(40));
                } else if (what < 26) {
                    graph.restart();
                } else if (!busy.isEmpty()) {
                    String edge = busy.get(random.nextInt(busy.size()));
                    String name = allOfAStep ? edge.replaceAll(" [0-9]", "") : edge;
                    boolean isSlow = (name.hashCode() * 31 + slow & 3) == 0;
                    if (!isSlow || random.nextInt(20) == 0) {
                        graph.deliver(edge);
                    }
                }
            }

            assertSameLastRevisions(finish(graph));
        }
    }

    private static void assertSameLastRevisions(Map<String, Alert> last) throws Exception {
        for (Map.Entry<String, Alert> each : expected().entrySet()) {
            assertThat(LastRevisions.said(last.remove(each.getKey())))
                    .as("the alert of %s", each.getValue().evidence().reads())
                    .isEqualTo(LastRevisions.said(each.getValue()));
        }
        assertThat(last.values())
                .allSatisfy(alert -> assertThat(alert.status()).isEqualTo(Alert.Status.CANCELLED));
    }

    /** Advances time beyond any wait of the job. */
    private static void settle(InterleavedGraph graph) throws Exception {
        for (int i = 0; i < 60; i++) {
            graph.pass(10);
            graph.deliverAll();
        }
    }

    private static Map<String, Alert> finish(InterleavedGraph graph) throws Exception {
        graph.deliverAll();
        settle(graph);
        for (int i = 0; i < 4; i++) {
            graph.pass(5_000);
            graph.deliverAll();
        }
        graph.watermark(END);
        settle(graph);
        Map<String, Alert> last = new TreeMap<>();
        for (Alert alert : graph.alerts()) {
            last.merge(
                    alert.alertId(),
                    alert.withDetectedAt(0),
                    (a, b) -> b.revision() > a.revision() ? b : a);
        }
        return last;
    }

    private static long at(int seconds) {
        return NOON + seconds * 1_000L;
    }

    private static Consumer<InterleavedGraph> device(String deviceId, String site, int seconds) {
        DeviceChange change = new DeviceChange(deviceId, arch(deviceId, site), at(seconds));
        return graph -> graph.send(change);
    }

    private static Consumer<InterleavedGraph> list(HotlistEntry entry, int seconds) {
        HotlistChange change =
                new HotlistChange(entry.entryId(), entry, at(seconds), RecordPosition.UNKNOWN);
        return graph -> graph.send(change);
    }

    private static Consumer<InterleavedGraph> removal(String entryId, int seconds) {
        HotlistChange change =
                new HotlistChange(entryId, null, at(seconds), RecordPosition.UNKNOWN);
        return graph -> graph.send(change);
    }

    private static Consumer<InterleavedGraph> arriving(PlateRead read) {
        EnrichedRead enrichedRead = TestRecords.enrichedRead(read);
        return graph -> graph.send(enrichedRead);
    }

    private static HotlistEvidence evidence(Alert alert) {
        return (HotlistEvidence) alert.evidence();
    }
}
