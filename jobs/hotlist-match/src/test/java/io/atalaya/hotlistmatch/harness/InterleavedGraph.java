package io.atalaya.hotlistmatch.harness;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.alerting.HotlistAlertFunction;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyEvent;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.match.CandidateMatch;
import io.atalaya.hotlistmatch.match.Probe;
import io.atalaya.hotlistmatch.passage.PassageOperator;
import io.atalaya.hotlistmatch.readhistory.ReadHistoryOperator;
import io.atalaya.hotlistmatch.registry.RegistryOperator;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The job's graph on harnesses; the steps up to the hot-list and cross-check alerts have several
 * subtasks. Every edge between two subtasks is a queue that the test empties in any order: elements
 * are ordered within an edge but not between edges, as in a cluster.
 */
public final class InterleavedGraph implements AutoCloseable {
    private static final int PARALLELISM = 2;

    /** So small that the list of a test makes the registry rebuild the filters. */
    private static final int FILTER_CAPACITY = 6;

    /** An element in transit along an edge. */
    private interface Delivery {
        void arrive() throws Exception;
    }

    private final Map<String, Deque<Delivery>> edges = new TreeMap<>();
    private final Subtask<HotlistChange, Void, ListDelta> registry;
    private final Subtask<CrossCheckFinding, Void, CrossCheckFinding> cloneGuard;
    private final Subtask<DeviceVehicleRead, ListedPassage, ConvoyEvent> company;
    private final Subtask<ConvoyEvent, Void, CrossCheckFinding> convoys;
    private final List<Subtask<DeviceRead, ListDelta, RoutedEvent>> passages = new ArrayList<>();
    private final List<Subtask<RoutedEvent, ReferenceUpdate, EntryEvent>> readHistories =
            new ArrayList<>();
    private final List<Subtask<Probe, BucketChange, CandidateMatch>> matches = new ArrayList<>();
    private final List<Subtask<EntryEvent, ReferenceUpdate, Alert>> decides = new ArrayList<>();
    private final List<Subtask<CrossCheckFinding, ReferenceUpdate, Alert>> crossCheckFindings =
            new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private BooleanSupplier isToArriveAgain = () -> false;
    private long now;

    public InterleavedGraph(long start) throws Exception {
        now = start;
        registry =
                Subtask.start(Operators.registry(FILTER_CAPACITY, PARALLELISM), Backend.HEAP, now);
        cloneGuard = Subtask.start(Operators.cloneGuard(), Backend.HEAP, now);
        company = Subtask.start(Operators.company(Operators.CONVOYS), Backend.HEAP, now);
        convoys = Subtask.start(Operators.convoys(Operators.CONVOYS), Backend.HEAP, now);
        for (int i = 0; i < PARALLELISM; i++) {
            passages.add(start(Operators.passage(FILTER_CAPACITY), i));
            readHistories.add(start(Operators.readHistory(), i));
            matches.add(start(Operators.match(), i));
            decides.add(start(Operators.decide(), i));
            crossCheckFindings.add(start(Operators.crossCheckFinding(), i));
        }
    }

    private <A, B, O> Subtask<A, B, O> start(Subtask.Blueprint<O> blueprint, int index)
            throws Exception {
        return Subtask.start(blueprint, Backend.HEAP, now, PARALLELISM, index);
    }

    /** Sends a record of topic hotlist. */
    public void send(HotlistChange change) {
        put("source: hotlist", () -> registry.first(change));
    }

    /** Sends a read. Each device has its own partition in each topic. */
    public void send(DeviceRead read) {
        String device = read.deviceId();
        String topic = read instanceof EnrichedTagRead ? "source: tags of " : "source: ";
        put(topic + device, () -> passages.get(Subtask.of(device, PARALLELISM)).first(read));
    }

    /** Sends a record of topic devices. */
    public void send(DeviceChange change) {
        ReferenceUpdate referenceUpdate = new ReferenceUpdate.DeviceChanged(change);
        for (int i = 0; i < PARALLELISM; i++) {
            int target = i;
            put(
                    "source: devices to sightings " + target,
                    () -> readHistories.get(target).second(referenceUpdate));
            put(
                    "source: devices to decide " + target,
                    () -> decides.get(target).second(referenceUpdate));
            put(
                    "source: devices to anomaly " + target,
                    () -> crossCheckFindings.get(target).second(referenceUpdate));
        }
    }

    /** The edge from the registry to one prefilter. */
    public static String listOfFilter(int index) {
        return "registry to passage " + index;
    }

    /** The edges from the registry to the match step. */
    public static List<String> listsOfBuckets() {
        return IntStream.range(0, PARALLELISM).mapToObj(InterleavedGraph::listOfBuckets).toList();
    }

    private static String listOfBuckets(int index) {
        return "registry to match " + index;
    }

    /** The edges with elements in transit. */
    public List<String> busyEdges() {
        return edges.entrySet().stream()
                .filter(edge -> !edge.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Delivers the first element of an edge. */
    public void deliver(String edge) throws Exception {
        Delivery delivery = edges.get(edge).remove();
        delivery.arrive();
        if (isToArriveAgain.getAsBoolean()) {
            delivery.arrive();
        }
        forward();
    }

    /** Delivers an element a second time if {@code asked} is true right after its first arrival. */
    public void deliverAgainIf(BooleanSupplier asked) {
        isToArriveAgain = asked;
    }

    /**
     * Delivers everything, including what follows from it, except on the edges that are held back.
     */
    public void deliverAllBut(List<String> held) throws Exception {
        for (List<String> busy = busyEdges(); !held.containsAll(busy); busy = busyEdges()) {
            for (String edge : busy) {
                if (!held.contains(edge)) {
                    deliver(edge);
                }
            }
        }
    }

    public void deliverAll() throws Exception {
        deliverAllBut(List.of());
    }

    /** Advances the processing time of every subtask. */
    public void pass(long ms) throws Exception {
        now += ms;
        for (Subtask<?, ?, ?> subtask : subtasks()) {
            subtask.now(now);
        }
        forward();
    }

    /**
     * Advances the watermark of the passage step alone, regardless of elements still in transit
     * after it.
     */
    public void passageClock(long time) throws Exception {
        for (Subtask<?, ?, ?> passage : passages) {
            passage.watermark(time);
        }
        forward();
    }

    /**
     * Advances the watermark of every subtask, regardless of the sources. On every edge it follows
     * the elements that were sent before it.
     */
    public void clock(long time) throws Exception {
        deliverWithin();
        for (Subtask<?, ?, ?> subtask : subtasks()) {
            subtask.watermark(time);
        }
        forward();
    }

    /** Advances the watermark of every subtask, and delivers what follows from it. */
    public void watermark(long time) throws Exception {
        for (Subtask<?, ?, ?> subtask : subtasks()) {
            subtask.watermark(time);
        }
        forward();
        deliverAll();
    }

    /**
     * Stops and restores all subtasks behind one aligned barrier: exactly the elements that the
     * sources had sent before it have arrived.
     */
    public void restart() throws Exception {
        deliverWithin();
        registry.restart();
        cloneGuard.restart();
        company.restart();
        convoys.restart();
        restart(passages);
        restart(readHistories);
        restart(matches);
        restart(decides);
        restart(crossCheckFindings);
        forward();
    }

    /**
     * Restores the subtasks as one operator, because some of its state is written by one subtask
     * for all.
     */
    private static <A, B, O> void restart(List<Subtask<A, B, O>> subtasks) throws Exception {
        List<Subtask<A, B, O>> restored = Subtask.rescale(subtasks, subtasks.size());
        subtasks.clear();
        subtasks.addAll(restored);
    }

    /** Delivers everything that the sources have sent, and what follows from it. */
    private void deliverWithin() throws Exception {
        for (List<String> busy = innerEdges(); !busy.isEmpty(); busy = innerEdges()) {
            for (String edge : busy) {
                deliver(edge);
            }
        }
    }

    private List<String> innerEdges() {
        return busyEdges().stream().filter(edge -> !edge.startsWith("source")).toList();
    }

    /** Every emitted alert, in order. */
    public List<Alert> alerts() {
        return alerts;
    }

    /** The dead letters of every step. */
    public List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** The number of keyed state entries and of timers of each subtask. */
    public List<Integer> stateAndTimers() {
        return subtasks().stream()
                .flatMap(subtask -> Stream.of(subtask.keyedStateEntries(), subtask.keyedTimers()))
                .toList();
    }

    private List<Subtask<?, ?, ?>> subtasks() {
        List<Subtask<?, ?, ?>> all = new ArrayList<>(List.of(registry));
        all.addAll(List.of(cloneGuard, company, convoys));
        all.addAll(passages);
        all.addAll(readHistories);
        all.addAll(matches);
        all.addAll(decides);
        all.addAll(crossCheckFindings);
        return all;
    }

    /** Sends the output of the subtasks on their edges. */
    private void forward() {
        for (Subtask<?, ?, ?> subtask : subtasks()) {
            deadLetters.addAll(subtask.drain(Bulkhead.DEAD_LETTERS));
        }
        for (ListDelta delta : registry.drain()) {
            for (int i = 0; i < PARALLELISM; i++) {
                int target = i;
                put(listOfFilter(target), () -> passages.get(target).second(delta));
                put(
                        "registry to sightings " + target,
                        () ->
                                readHistories
                                        .get(target)
                                        .second(new ReferenceUpdate.HotlistChanged(delta)));
            }
        }
        for (BucketChange change : registry.drain(RegistryOperator.BUCKETS)) {
            int target = Subtask.of(change.bucket(), PARALLELISM);
            put(listOfBuckets(target), () -> matches.get(target).second(change));
        }
        toDecide("registry", registry.drain(RegistryOperator.ENTRY_EVENTS));
        for (ReferenceUpdate covert : registry.drain(RegistryOperator.COVERT)) {
            for (int i = 0; i < PARALLELISM; i++) {
                int target = i;
                put(
                        "registry to anomaly " + target,
                        () -> crossCheckFindings.get(target).second(covert));
            }
        }
        for (int i = 0; i < PARALLELISM; i++) {
            for (RoutedEvent route : passages.get(i).drain()) {
                int target = Subtask.of(route.key(), PARALLELISM);
                put(
                        "passage " + i + " to sightings " + target,
                        () -> readHistories.get(target).first(route));
            }
            toDecide("passage " + i, passages.get(i).drain(PassageOperator.PATTERN_MATCHES));
            for (DeviceVehicleRead vehicle : passages.get(i).drain(PassageOperator.VEHICLE_READS)) {
                put("passage " + i + " to company", () -> company.first(vehicle));
            }
            for (Probe probe : passages.get(i).drain(PassageOperator.PROBES)) {
                int target = Subtask.of(probe.bucket(), PARALLELISM);
                put("passage " + i + " to match " + target, () -> matches.get(target).first(probe));
            }
            toDecide("sightings " + i, readHistories.get(i).drain());
            toDecide("match " + i, emitted(matches.get(i).drain()));
            toAnomaly("sightings " + i, readHistories.get(i).drain(ReadHistoryOperator.MISMATCHES));
            for (CrossCheckFinding clone : readHistories.get(i).drain(ReadHistoryOperator.CLONES)) {
                put("sightings " + i + " to clone guard", () -> cloneGuard.first(clone));
            }
            for (ListedPassage listed :
                    decides.get(i).drain(HotlistAlertFunction.LISTED_PASSAGES)) {
                put("decide " + i + " to company", () -> company.second(listed));
            }
            alerts.addAll(decides.get(i).drain());
            alerts.addAll(crossCheckFindings.get(i).drain());
        }
        for (ConvoyEvent fact : company.drain()) {
            put("company to convoys", () -> convoys.first(fact));
        }
        toAnomaly("clone guard", cloneGuard.drain());
        toAnomaly("convoys", convoys.drain());
    }

    /** These reads have no images, so there are no OCR requests. */
    private static List<EntryEvent> emitted(List<CandidateMatch> candidateMatches) {
        return candidateMatches.stream().<EntryEvent>map(CandidateMatch::readMatched).toList();
    }

    private void toAnomaly(String from, List<CrossCheckFinding> anomalous) {
        for (CrossCheckFinding crossCheckFinding : anomalous) {
            int target = Subtask.of(crossCheckFinding.alertId(), PARALLELISM);
            put(
                    from + " to anomaly " + target,
                    () -> crossCheckFindings.get(target).first(crossCheckFinding));
        }
    }

    private void toDecide(String from, List<EntryEvent> inputs) {
        for (EntryEvent input : inputs) {
            int target = Subtask.of(input.entryId(), PARALLELISM);
            put(from + " to decide " + target, () -> decides.get(target).first(input));
        }
    }

    private void put(String edge, Delivery delivery) {
        edges.computeIfAbsent(edge, ignored -> new ArrayDeque<>()).add(delivery);
    }

    @Override
    public void close() {
        subtasks().forEach(Subtask::close);
    }
}
