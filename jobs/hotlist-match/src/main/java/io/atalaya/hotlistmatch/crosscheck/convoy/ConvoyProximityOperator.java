package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.StallCheck;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.event.AssignedTag;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ListedPassages;
import io.atalaya.hotlistmatch.event.VehicleRead;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static io.atalaya.flink.timer.TimerCoalescing.roundUp;
import static java.util.stream.Collectors.toSet;

/**
 * Finds, by device, which vehicles passed within the gap of a listed vehicle, whichever is known
 * first. Input 1 has all vehicle reads and their tags, input 2 the passages that {@code
 * HotlistAlertFunction} attributes to listed vehicles. A common read costs one look-up in a map of
 * the devices with a recent listed passage, and one append.
 *
 * <p>The neighbourhood of a listed passage is collected after the watermark has passed the
 * passage's arrival, because all reads that arrived earlier are then present, in whatever order the
 * topics were read.
 */
public final class ConvoyProximityOperator extends BulkheadOperator<ConvoyEvent>
        implements TwoInputStreamOperator<DeviceVehicleRead, ListedPassage, ConvoyEvent>,
                Triggerable<String, Long> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ConvoyProximityOperator.class);

    private static final String LISTED = "listed-passages";

    private static final long SECOND_MS = 1_000;

    /** Timer namespace in which listed passages expire; not a valid minute. */
    private static final long NO_MINUTE = Long.MIN_VALUE;

    /**
     * Maximum number of listed passages kept per device; bounds the cost of a flood of one text.
     */
    private static final int MAX_LISTED = 256;

    /** Maximum number of nearest reads emitted with one listed passage. */
    private static final int MAX_NEAR = ConvoyCase.MAX_READS;

    private final long maxGapMillis;
    private final long keepMillis;

    private transient RecentVehicleReads vehicleReads;
    private transient ValueState<ListedPassages> listedState;

    /** The same by device, on the heap; most devices have no listed passage. */
    private transient Map<String, ListedPassages> listed;

    /**
     * By device, the listed passages with as many reads near them as are kept, and how far in time
     * the farthest of these is, in ms. A read that is farther need not be emitted.
     */
    private transient Map<String, Map<Moment, Long>> farthest;

    private transient InternalTimerService<Long> timers;
    private transient InternalTimerService<Long> ends;
    private transient Set<Search> pending;

    private transient StallCheck check;
    private transient Counter near;

    /**
     * A search that is due when the watermark passes {@code releaseAt}; it covers what became known
     * within the second before.
     */
    private record Search(String deviceId, long minute, long releaseAt) {
        boolean isAt(long moment) {
            return moment > releaseAt - SECOND_MS && moment <= releaseAt;
        }
    }

    /** A listed passage and what the reads near it depend on. */
    private record Moment(String entryId, String passageId, long deviceTime, Compass direction) {
        static Moment of(ListedPassage passage) {
            return new Moment(
                    passage.entryId(),
                    passage.passageId(),
                    passage.deviceTime(),
                    passage.direction());
        }
    }

    public ConvoyProximityOperator(BulkheadSettings bulkhead, ConvoySettings rules) {
        super(bulkhead, true);
        this.maxGapMillis = rules.maxGap().toMillis();
        this.keepMillis = rules.keep().toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        KeyedStateBackend<String> backend = getKeyedStateBackend();
        vehicleReads = new RecentVehicleReads(backend, this::keepUntil);
        listed = new HashMap<>();
        farthest = new HashMap<>();
        listedState =
                valueState(
                        new ValueStateDescriptor<>(
                                LISTED, BinaryTypeInfo.of(ListedPassages.class)));
        try (Stream<String> devices = backend.getKeys(LISTED, VoidNamespace.INSTANCE)) {
            for (String deviceId : (Iterable<String>) devices::iterator) {
                backend.setCurrentKey(deviceId);
                listed.put(deviceId, listedState.value());
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        near = HotlistMatchMetrics.PROXIMITY_CHECKS.countIn(getMetricGroup());
        pending = new HashSet<>();
        HotlistMatchMetrics.PENDING_PROXIMITY_CHECKS.showIn(getMetricGroup(), pending::size);
        timers = getInternalTimerService("searches", LongSerializer.INSTANCE, this);
        ends = getInternalTimerService("expiry", LongSerializer.INSTANCE, new ExpiryTimers());
        timers.forEachEventTimeTimer(
                (minute, at) -> pending.add(new Search((String) getCurrentKey(), minute, at)));
        check =
                new StallCheck(
                        getProcessingTimeService(),
                        timers::currentWatermark,
                        () -> !pending.isEmpty(),
                        WatermarkStallDetector.STALLED_MS,
                        0,
                        this::check);
        check.schedule();
    }

    @Override
    public void processElement1(StreamRecord<DeviceVehicleRead> element) throws Exception {
        DeviceVehicleRead passing = element.getValue();
        vehicleReads.makeRoom(passing.deviceId());
        bulkhead.run(
                passing.deviceId(),
                passing.vehicleRead().causedAt(),
                passing,
                () -> process(passing));
    }

    private void process(DeviceVehicleRead passing) throws IOException {
        VehicleRead vehicleRead = passing.vehicleRead();
        bulkhead.onUndo(vehicleReads.add(passing.deviceId(), vehicleRead)::run);
        ListedPassages here = listed.get(passing.deviceId());
        if (here != null) {
            boolean isSearched = false;
            for (ListedPassage passage : here.all()) {
                if (isNear(vehicleRead, passage)) {
                    // One search serves all passages.
                    if (!isSearched && !isDropped(vehicleRead, passage)) {
                        search(
                                passing.deviceId(),
                                RecentVehicleReads.minute(vehicleRead.deviceTime()),
                                vehicleRead.causedAt());
                        isSearched = true;
                    }
                } else if (isOfItsFlow(vehicleRead, passage)) {
                    // The read arrived after the passage was emitted, or may have.
                    search(
                            passing.deviceId(),
                            RecentVehicleReads.minute(passage.deviceTime()),
                            passage.releaseAt());
                }
            }
        }
    }

    /**
     * Whether a read is farther than those kept of a passage, and nothing else of its vehicle can
     * be nearer.
     */
    private boolean isDropped(VehicleRead vehicleRead, ListedPassage passage) {
        return !vehicleRead.isOfTag()
                && !vehicleRead.isEnd()
                && vehicleRead.readId().equals(vehicleRead.firstReadId())
                && distanceMillis(vehicleRead.deviceTime(), passage) > maxDistanceMillis(passage);
    }

    /** How far in time a read may be from a passage to be kept, ms. */
    private long maxDistanceMillis(ListedPassage passage) {
        return farthest.getOrDefault(passage.deviceId(), Map.of())
                .getOrDefault(Moment.of(passage), Long.MAX_VALUE);
    }

    private boolean isNear(VehicleRead vehicleRead, ListedPassage passage) {
        return isNear(vehicleRead.deviceTime(), vehicleRead.direction(), passage)
                && !vehicleRead.firstReadId().equals(passage.firstReadId());
    }

    /** Whether a vehicle, if it is another one, passed near a listed one. */
    private boolean isNear(long deviceTime, Compass direction, ListedPassage passage) {
        return distanceMillis(deviceTime, passage) <= maxGapMillis
                && VehicleRead.canBeOneHeading(direction, passage.direction());
    }

    private boolean isOfItsFlow(VehicleRead vehicleRead, ListedPassage passage) {
        return !vehicleRead.isOfTag()
                && isOfItsFlow(
                        vehicleRead.deviceTime(),
                        vehicleRead.causedAt(),
                        vehicleRead.direction(),
                        passage);
    }

    /**
     * Whether a read belongs to the traffic before the gap. Counts only reads that arrived no later
     * than the passage, so the flow never changes.
     */
    private boolean isOfItsFlow(
            long deviceTime, long causedAt, Compass direction, ListedPassage passage) {
        long from = passage.deviceTime() - maxGapMillis;
        return deviceTime < from
                && deviceTime >= from - ConvoySettings.FLOW_MS
                && causedAt <= passage.arrivalTime()
                && VehicleRead.canBeOneHeading(direction, passage.direction());
    }

    @Override
    public void processElement2(StreamRecord<ListedPassage> element) throws Exception {
        ListedPassage passage = element.getValue();
        bulkhead.run(passage.deviceId(), passage.releaseAt(), passage, () -> process(passage));
    }

    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        super.recover(key, isRepeated);
        if (isRepeated) {
            putListed((String) key, null);
            vehicleReads.evict((String) key);
        }
    }

    private void process(ListedPassage passage) throws Exception {
        String deviceId = passage.deviceId();
        ListedPassages here = listed.getOrDefault(deviceId, ListedPassages.NONE);
        if (passage.equals(here.of(passage.entryId(), passage.passageId()))) {
            return;
        }
        setListed(deviceId, here.with(passage, MAX_LISTED));
        ends.registerEventTimeTimer(NO_MINUTE, passage.releaseAt() + keepMillis);
        search(deviceId, RecentVehicleReads.minute(passage.deviceTime()), passage.releaseAt());
    }

    private void setListed(String deviceId, ListedPassages next) throws Exception {
        ListedPassages old = listed.get(deviceId);
        bulkhead.onUndo(() -> putListed(deviceId, old));
        if (next.all().isEmpty()) {
            putListed(deviceId, null);
            listedState.clear();
        } else {
            putListed(deviceId, next);
            listedState.update(next);
        }
    }

    private void putListed(String deviceId, ListedPassages passages) {
        Map<Moment, Long> known = farthest.get(deviceId);
        if (passages == null) {
            listed.remove(deviceId);
            farthest.remove(deviceId);
        } else {
            listed.put(deviceId, passages);
            if (known != null && known.size() > passages.all().size()) {
                known.keySet().retainAll(passages.all().stream().map(Moment::of).collect(toSet()));
            }
        }
    }

    /**
     * Schedules one search for all changes within the second of {@code at}, after the watermark has
     * passed it.
     */
    private void search(String deviceId, long minute, long at) {
        Search search = new Search(deviceId, minute, roundUp(SECOND_MS, at));
        if (pending.add(search)) {
            bulkhead.onUndo(() -> pending.remove(search));
            setCurrentKey(deviceId);
            timers.registerEventTimeTimer(minute, search.releaseAt());
            check.schedule();
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, Long> timer) throws Exception {
        Search search = new Search(timer.getKey(), timer.getNamespace(), timer.getTimestamp());
        pending.remove(search);
        search(search, timers.currentWatermark());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, Long> timer) {
        throw new IllegalStateException("convoys set no keyed processing-time timers");
    }

    /**
     * Emits what became known at that moment, for each listed passage separately.
     *
     * @param now arrival time up to which reads are included; later ones have their own search
     */
    private void search(Search search, long now) throws Exception {
        ListedPassages here = listed.get(search.deviceId());
        if (here == null) {
            return;
        }
        Changed changed = new Changed(search);
        for (ListedPassage passage : here.all()) {
            if (isIts(search, passage)) {
                emit(search, passage, () -> emitNeighbourhood(passage, now));
            } else if (isNear(search, passage)) {
                emit(search, passage, () -> emitJoined(passage, search, changed.reads()));
            }
        }
    }

    /** What a search finds, looked up once for all listed passages of its device. */
    private final class Changed {
        private final Search search;
        private List<VehicleRead> reads;

        Changed(Search search) {
            this.search = search;
        }

        /**
         * The reads of that minute whose vehicle had something new at that moment, as known then.
         */
        List<VehicleRead> reads() throws Exception {
            if (reads == null) {
                long from = search.minute() * RecentVehicleReads.MINUTE_MS;
                RecentVehicleReads.Found found = vehicleReads.find(search.deviceId(), from, from);
                Set<ByteBuffer> vehicles = new HashSet<>();
                found.forEach(
                        row -> {
                            if (search.isAt(row.causedAt()) && isIts(row)) {
                                vehicles.add(row.firstReadId());
                            }
                        });
                List<VehicleRead> known = new ArrayList<>();
                found.forEach(
                        row -> {
                            if (row.causedAt() <= search.releaseAt()
                                    && isIts(row)
                                    && vehicles.contains(row.firstReadId())) {
                                known.add(row.vehicleRead());
                            }
                        });
                reads = known;
            }
            return reads;
        }

        private boolean isIts(VehicleReadRows.Row row) {
            return RecentVehicleReads.minute(row.deviceTime()) == search.minute();
        }
    }

    private void emit(Search search, ListedPassage passage, Bulkhead.Work updater)
            throws Exception {
        bulkhead.runUnpaused(
                search.deviceId(),
                passage,
                () -> {
                    setCurrentKey(search.deviceId());
                    updater.run();
                });
    }

    private static boolean isIts(Search search, ListedPassage passage) {
        return search.isAt(passage.releaseAt())
                && RecentVehicleReads.minute(passage.deviceTime()) == search.minute();
    }

    /**
     * Also near a retracted passage, because it may identify a convoy: how many of its reads had
     * arrived when it was retracted depends on the order of the topics.
     */
    private boolean isNear(Search search, ListedPassage passage) {
        return !passage.isRetracted()
                && search.minute() >= RecentVehicleReads.minute(passage.deviceTime() - maxGapMillis)
                && search.minute()
                        <= RecentVehicleReads.minute(passage.deviceTime() + maxGapMillis);
    }

    private void emitNeighbourhood(ListedPassage passage, long now) throws Exception {
        near.inc();
        LOG.debug(
                "entry {} is accompanied: by passage {}, because it was listed",
                passage.entryId(),
                passage.passageId());
        output.collect(new StreamRecord<>(around(passage, now)));
    }

    /** The listed passage with all reads near it that are known by now. */
    private ConvoyEvent around(ListedPassage passage, long now) throws Exception {
        // A second delivery counts once.
        Map<String, VehicleRead> byReadId = new LinkedHashMap<>();
        Map<String, Long> retractedAt = new HashMap<>();
        VehicleTags tags = new VehicleTags();
        long from = passage.deviceTime() - maxGapMillis;
        List<VehicleRead> later = new ArrayList<>();
        Set<ByteBuffer> flow = new HashSet<>();
        RecentVehicleReads.Found found =
                vehicleReads.find(
                        passage.deviceId(),
                        from - ConvoySettings.FLOW_MS,
                        passage.deviceTime() + maxGapMillis);
        found.forEach(
                row -> {
                    if (isNear(row.deviceTime(), row.direction(), passage)) {
                        VehicleRead vehicleRead = row.vehicleRead();
                        if (vehicleRead.firstReadId().equals(passage.firstReadId())) {
                            return;
                        }
                        if (vehicleRead.causedAt() > now) {
                            later.add(vehicleRead);
                        } else if (vehicleRead.isOfTag()) {
                            tags.add(vehicleRead);
                        } else if (vehicleRead.isEnd()) {
                            retractedAt.merge(
                                    vehicleRead.readId(), vehicleRead.causedAt(), Math::min);
                        } else {
                            byReadId.putIfAbsent(vehicleRead.readId(), vehicleRead);
                        }
                    } else if (!row.isOfTag()
                            && isOfItsFlow(
                                    row.deviceTime(), row.causedAt(), row.direction(), passage)) {
                        flow.add(row.firstReadId());
                    }
                });
        // These reads arrived while no listed passage was known here.
        for (VehicleRead vehicleRead : later) {
            search(
                    passage.deviceId(),
                    RecentVehicleReads.minute(vehicleRead.deviceTime()),
                    vehicleRead.causedAt());
        }
        List<VehicleRead> reads = new ArrayList<>(byReadId.values());
        reads.sort(
                Comparator.comparingLong(
                                (VehicleRead vehicleRead) ->
                                        distanceMillis(vehicleRead.deviceTime(), passage))
                        .thenComparing(VehicleRead::readId));
        noteFarthest(passage, reads);
        return new ConvoyEvent.NeighbourhoodFound(
                passage,
                flow.size(),
                reads.stream()
                        .limit(MAX_NEAR)
                        .map(
                                vehicleRead ->
                                        NearbyRead.of(
                                                vehicleRead,
                                                retractedAt.getOrDefault(
                                                        vehicleRead.readId(),
                                                        NearbyRead.NOT_RETRACTED),
                                                tags.of(vehicleRead.firstReadId())))
                        .toList());
    }

    /**
     * @param reads near the passage, the nearest first
     */
    private void noteFarthest(ListedPassage passage, List<VehicleRead> reads) {
        Map<Moment, Long> here =
                farthest.computeIfAbsent(passage.deviceId(), deviceId -> new HashMap<>());
        Moment moment = Moment.of(passage);
        if (reads.size() < MAX_NEAR) {
            here.remove(moment);
        } else {
            here.put(moment, distanceMillis(reads.get(MAX_NEAR - 1).deviceTime(), passage));
        }
        // Without a limit nothing is left out.
        bulkhead.onUndo(() -> here.remove(moment));
    }

    private static long distanceMillis(long deviceTime, ListedPassage passage) {
        return Math.abs(deviceTime - passage.deviceTime());
    }

    /** Emits the reads near a passage of which something became known at that moment. */
    private void emitJoined(ListedPassage passage, Search search, List<VehicleRead> changed) {
        long maxMillis = maxDistanceMillis(passage);
        if (changed.stream()
                .allMatch(
                        vehicleRead ->
                                distanceMillis(vehicleRead.deviceTime(), passage) > maxMillis)) {
            return;
        }
        List<VehicleRead> near = new ArrayList<>();
        Set<String> newcomers = new HashSet<>();
        for (VehicleRead vehicleRead : changed) {
            if (isNear(vehicleRead, passage)) {
                near.add(vehicleRead);
                if (search.isAt(vehicleRead.causedAt())) {
                    newcomers.add(vehicleRead.firstReadId());
                }
            }
        }
        near.removeIf(vehicleRead -> !newcomers.contains(vehicleRead.firstReadId()));
        Map<String, Long> retractedAt = new HashMap<>();
        VehicleTags tags = new VehicleTags();
        for (VehicleRead vehicleRead : near) {
            if (vehicleRead.isOfTag()) {
                tags.add(vehicleRead);
            } else if (vehicleRead.isEnd()) {
                retractedAt.merge(vehicleRead.readId(), vehicleRead.causedAt(), Math::min);
            }
        }
        for (VehicleRead read : near) {
            if (!read.isOfTag()
                    && !read.isEnd()
                    && distanceMillis(read.deviceTime(), passage) <= maxMillis) {
                output.collect(
                        new StreamRecord<>(
                                new ConvoyEvent.ReadJoined(
                                        passage.entryId(),
                                        passage.passageId(),
                                        NearbyRead.of(
                                                read,
                                                retractedAt.getOrDefault(
                                                        read.readId(), NearbyRead.NOT_RETRACTED),
                                                tags.of(read.firstReadId())),
                                        passage.read())));
            }
        }
    }

    /** Drops reads and listed passages that have expired. */
    private final class ExpiryTimers implements Triggerable<String, Long> {
        @Override
        public void onEventTime(InternalTimer<String, Long> timer) throws Exception {
            if (!bulkhead.runTimer(timer.getKey(), () -> drop(timer))) {
                ends.registerEventTimeTimer(timer.getNamespace(), timer.getTimestamp() + RETRY_MS);
            }
        }

        private void drop(InternalTimer<String, Long> timer) throws Exception {
            long horizon = timer.getTimestamp() - keepMillis;
            if (timer.getNamespace() != NO_MINUTE) {
                vehicleReads.prune(timer.getKey(), timer.getNamespace(), horizon);
            } else {
                ListedPassages here = listed.get(timer.getKey());
                if (here != null) {
                    setListed(timer.getKey(), here.since(horizon + 1));
                }
            }
        }

        @Override
        public void onProcessingTime(InternalTimer<String, Long> timer) {
            throw new IllegalStateException("convoys set no keyed processing-time timers");
        }
    }

    /** One timer per device, minute of device time and minute of arrival, under the current key. */
    private void keepUntil(long minute, long lastAt) {
        long end =
                (RecentVehicleReads.minute(lastAt) + 1) * RecentVehicleReads.MINUTE_MS + keepMillis;
        ends.registerEventTimeTimer(minute, end);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        vehicleReads.flush();
        super.snapshotState(context);
    }

    /** While the watermark is stalled, emits what is known. */
    private void check(boolean isStalled) throws Exception {
        if (isStalled) {
            List<Search> all = List.copyOf(pending);
            pending.clear();
            for (Search search : all) {
                search(search, Long.MAX_VALUE);
            }
        }
    }

    /** The tag assignments of vehicles near each other in time, by passage. */
    static final class VehicleTags {
        private final Map<String, List<AssignedTag>> emitted = new HashMap<>();

        /**
         * @param read with a tag
         */
        void add(VehicleRead read) {
            emitted.computeIfAbsent(read.firstReadId(), root -> new ArrayList<>()).add(read.tag());
        }

        /** The last assignment of each tag of a passage, by readId. */
        List<AssignedTag> of(String root) {
            List<AssignedTag> assignments = emitted.get(root);
            if (assignments == null) {
                return List.of();
            }
            assignments.sort(Comparator.comparingInt(AssignedTag::assignmentSequence));
            Map<String, AssignedTag> last = new TreeMap<>();
            for (AssignedTag assignment : assignments) {
                last.merge(assignment.readId(), assignment, AssignedTag::then);
            }
            return List.copyOf(last.values());
        }
    }
}
