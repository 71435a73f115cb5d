package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.hotlistmatch.event.AssignedTag;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ListedPassages;
import io.atalaya.hotlistmatch.event.ListedPassagesSerializer;
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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static io.atalaya.flink.timer.TimerCoalescing.roundUp;

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
    private static final int MAX_NEAR = ConvoyCase.MAX_CARS;

    private final long gap;
    private final long keep;

    private transient RecentVehicleReads cars;
    private transient ValueState<ListedPassages> listedState;

    /** The same by device, on the heap; most devices have no listed passage. */
    private transient Map<String, ListedPassages> listed;

    private transient InternalTimerService<Long> timers;
    private transient InternalTimerService<Long> ends;
    private transient Set<Look> pending;

    private transient WatermarkStallDetector stall;
    private transient boolean checkDue;
    private transient Counter near;

    /**
     * A search that is due when the watermark passes {@code at}; it covers what became known within
     * the second before.
     */
    private record Look(String deviceId, long minute, long at) {
        boolean isAt(long moment) {
            return moment > at - SECOND_MS && moment <= at;
        }
    }

    public ConvoyProximityOperator(BulkheadSettings bulkhead, ConvoySettings rules) {
        super(bulkhead, true);
        this.gap = rules.maxGap().toMillis();
        this.keep = rules.keep().toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        KeyedStateBackend<String> backend = getKeyedStateBackend();
        cars = new RecentVehicleReads(backend, this::keepUntil);
        listed = new HashMap<>();
        listedState =
                valueState(
                        new ValueStateDescriptor<>(
                                LISTED, ListedPassagesSerializer.INSTANCE.typeInfo()));
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
        near = HotlistMatchMetrics.LISTED_PASSAGES_LOOKED_AROUND.countIn(getMetricGroup());
        pending = new HashSet<>();
        stall = new WatermarkStallDetector();
        HotlistMatchMetrics.PENDING_COMPANY.showIn(getMetricGroup(), pending::size);
        timers = getInternalTimerService("proximity", LongSerializer.INSTANCE, this);
        ends = getInternalTimerService("proximity-ends", LongSerializer.INSTANCE, new Ends());
        timers.forEachEventTimeTimer(
                (minute, at) -> pending.add(new Look((String) getCurrentKey(), minute, at)));
        scheduleCheck();
    }

    @Override
    public void processElement1(StreamRecord<DeviceVehicleRead> element) throws Exception {
        DeviceVehicleRead passing = element.getValue();
        cars.makeRoom(passing.deviceId());
        bulkhead.run(passing.deviceId(), passing.car().at(), passing, () -> process(passing));
    }

    private void process(DeviceVehicleRead passing) {
        VehicleRead car = passing.car();
        cars.add(passing.deviceId(), car);
        bulkhead.onUndo(() -> cars.removeLast(passing.deviceId()));
        ListedPassages here = listed.get(passing.deviceId());
        if (here != null) {
            for (ListedPassage passage : here.all()) {
                if (isNear(car, passage)) {
                    look(passing.deviceId(), RecentVehicleReads.minute(car.time()), car.at());
                } else if (isOfItsFlow(car, passage)) {
                    // The read arrived after the passage was emitted, or may have.
                    look(
                            passing.deviceId(),
                            RecentVehicleReads.minute(passage.time()),
                            passage.due());
                }
            }
        }
    }

    private boolean isNear(VehicleRead car, ListedPassage passage) {
        return Math.abs(car.time() - passage.time()) <= gap
                && car.mayGo(passage.direction())
                && !car.root().equals(passage.root());
    }

    /**
     * Whether a read belongs to the traffic before the gap. Counts only reads that arrived no later
     * than the passage, so the flow never changes.
     */
    private boolean isOfItsFlow(VehicleRead car, ListedPassage passage) {
        long from = passage.time() - gap;
        return !car.isOfTag()
                && car.time() < from
                && car.time() >= from - ConvoySettings.FLOW_MS
                && car.at() <= passage.arrival()
                && car.mayGo(passage.direction());
    }

    @Override
    public void processElement2(StreamRecord<ListedPassage> element) throws Exception {
        ListedPassage passage = element.getValue();
        bulkhead.run(passage.deviceId(), passage.due(), passage, () -> process(passage));
    }

    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        super.recover(key, isRepeated);
        if (isRepeated) {
            listed.remove((String) key);
            cars.forget((String) key);
        }
    }

    private void process(ListedPassage passage) throws Exception {
        String deviceId = passage.deviceId();
        ListedPassages here = listed.getOrDefault(deviceId, ListedPassages.NONE);
        if (passage.equals(here.of(passage.entryId(), passage.passageId()))) {
            return;
        }
        setListed(deviceId, here.with(passage, MAX_LISTED));
        ends.registerEventTimeTimer(NO_MINUTE, passage.due() + keep);
        look(deviceId, RecentVehicleReads.minute(passage.time()), passage.due());
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
        if (passages == null) {
            listed.remove(deviceId);
        } else {
            listed.put(deviceId, passages);
        }
    }

    /**
     * Schedules one search for all changes within the second of {@code at}, after the watermark has
     * passed it.
     */
    private void look(String deviceId, long minute, long at) {
        Look look = new Look(deviceId, minute, roundUp(SECOND_MS, at));
        if (pending.add(look)) {
            bulkhead.onUndo(() -> pending.remove(look));
            setCurrentKey(deviceId);
            timers.registerEventTimeTimer(minute, look.at());
            scheduleCheck();
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, Long> timer) throws Exception {
        Look look = new Look(timer.getKey(), timer.getNamespace(), timer.getTimestamp());
        pending.remove(look);
        look(look, timers.currentWatermark());
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
    private void look(Look look, long now) throws Exception {
        ListedPassages here = listed.get(look.deviceId());
        if (here != null) {
            for (ListedPassage passage : here.all()) {
                if (isIts(look, passage)) {
                    emit(look, passage, () -> emitNeighbourhood(passage, now));
                } else if (isNear(look, passage)) {
                    emit(look, passage, () -> emitJoined(passage, look));
                }
            }
        }
    }

    private void emit(Look look, ListedPassage passage, Bulkhead.Work updater) throws Exception {
        bulkhead.runUnpaused(
                look.deviceId(),
                passage,
                () -> {
                    setCurrentKey(look.deviceId());
                    updater.run();
                });
    }

    private static boolean isIts(Look look, ListedPassage passage) {
        return look.isAt(passage.due())
                && RecentVehicleReads.minute(passage.time()) == look.minute();
    }

    /**
     * Also near a retracted passage, because it may identify a convoy: how many of its reads had
     * arrived when it was retracted depends on the order of the topics.
     */
    private boolean isNear(Look look, ListedPassage passage) {
        return !passage.isRetracted()
                && look.minute() >= RecentVehicleReads.minute(passage.time() - gap)
                && look.minute() <= RecentVehicleReads.minute(passage.time() + gap);
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
        List<VehicleRead> reads = new ArrayList<>();
        Map<String, Long> retractedAt = new HashMap<>();
        VehicleTags tags = new VehicleTags();
        long from = passage.time() - gap;
        List<VehicleRead> later = new ArrayList<>();
        Set<String> flow = new HashSet<>();
        cars.forEach(
                passage.deviceId(),
                from - ConvoySettings.FLOW_MS,
                passage.time() + gap,
                car -> {
                    if (isOfItsFlow(car, passage)) {
                        flow.add(car.root());
                    } else if (isNear(car, passage)) {
                        if (car.at() > now) {
                            later.add(car);
                        } else if (car.isOfTag()) {
                            tags.add(car);
                        } else if (car.isEnd()) {
                            retractedAt.merge(car.readId(), car.at(), Math::min);
                        } else {
                            reads.add(car);
                        }
                    }
                });
        // These reads arrived while no listed passage was known here.
        for (VehicleRead car : later) {
            look(passage.deviceId(), RecentVehicleReads.minute(car.time()), car.at());
        }
        reads.sort(
                Comparator.comparingLong((VehicleRead car) -> Math.abs(car.time() - passage.time()))
                        .thenComparing(VehicleRead::readId));
        return new ConvoyEvent.NeighbourhoodFound(
                passage,
                flow.size(),
                reads.stream()
                        .limit(MAX_NEAR)
                        .map(
                                car ->
                                        NearbyRead.of(
                                                car,
                                                retractedAt.getOrDefault(
                                                        car.readId(), NearbyRead.STANDS),
                                                tags.of(car.root())))
                        .toList());
    }

    private void emitJoined(ListedPassage passage, Look look) throws Exception {
        long from = Math.max(look.minute() * RecentVehicleReads.MINUTE_MS, passage.time() - gap);
        long to =
                Math.min(
                        (look.minute() + 1) * RecentVehicleReads.MINUTE_MS - 1,
                        passage.time() + gap);
        List<VehicleRead> near = new ArrayList<>();
        Set<String> newcomers = new HashSet<>();
        cars.forEach(
                passage.deviceId(),
                from,
                to,
                car -> {
                    if (isNear(car, passage) && car.at() <= look.at()) {
                        near.add(car);
                        if (look.isAt(car.at())) {
                            newcomers.add(car.root());
                        }
                    }
                });
        near.removeIf(car -> !newcomers.contains(car.root()));
        Map<String, Long> retractedAt = new HashMap<>();
        VehicleTags tags = new VehicleTags();
        for (VehicleRead car : near) {
            if (car.isOfTag()) {
                tags.add(car);
            } else if (car.isEnd()) {
                retractedAt.merge(car.readId(), car.at(), Math::min);
            }
        }
        for (VehicleRead read : near) {
            if (!read.isOfTag() && !read.isEnd()) {
                output.collect(
                        new StreamRecord<>(
                                new ConvoyEvent.ReadJoined(
                                        passage.entryId(),
                                        passage.passageId(),
                                        NearbyRead.of(
                                                read,
                                                retractedAt.getOrDefault(
                                                        read.readId(), NearbyRead.STANDS),
                                                tags.of(read.root())),
                                        passage.read())));
            }
        }
    }

    /** Drops reads and listed passages that have expired. */
    private final class Ends implements Triggerable<String, Long> {
        @Override
        public void onEventTime(InternalTimer<String, Long> timer) throws Exception {
            if (!bulkhead.runTimer(timer.getKey(), () -> drop(timer))) {
                ends.registerEventTimeTimer(timer.getNamespace(), timer.getTimestamp() + RETRY_MS);
            }
        }

        private void drop(InternalTimer<String, Long> timer) throws Exception {
            long horizon = timer.getTimestamp() - keep;
            if (timer.getNamespace() != NO_MINUTE) {
                cars.prune(timer.getNamespace(), horizon);
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
        long end = (RecentVehicleReads.minute(lastAt) + 1) * RecentVehicleReads.MINUTE_MS + keep;
        ends.registerEventTimeTimer(minute, end);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        cars.flush();
    }

    private void scheduleCheck() {
        if (!checkDue && !pending.isEmpty()) {
            checkDue = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            stall.see(timers.currentWatermark(), now);
            getProcessingTimeService()
                    .registerTimer(now + WatermarkStallDetector.STALLED_MS, this::check);
        }
    }

    /** While the watermark is stalled, emits what is known. */
    private void check(long now) throws Exception {
        checkDue = false;
        if (stall.isStalled(timers.currentWatermark(), now, 0)) {
            List<Look> all = List.copyOf(pending);
            pending.clear();
            for (Look look : all) {
                look(look, Long.MAX_VALUE);
            }
        }
        scheduleCheck();
    }

    /** The tag assignments of vehicles near each other in time, by passage. */
    static final class VehicleTags {
        private final Map<String, List<AssignedTag>> emitted = new HashMap<>();

        /**
         * @param read with a tag
         */
        void add(VehicleRead read) {
            emitted.computeIfAbsent(read.root(), root -> new ArrayList<>()).add(read.tag());
        }

        /** The last assignment of each tag of a passage, by readId. */
        List<AssignedTag> of(String root) {
            List<AssignedTag> words = emitted.get(root);
            if (words == null) {
                return List.of();
            }
            words.sort(Comparator.comparingInt(AssignedTag::assignmentSequence));
            Map<String, AssignedTag> last = new TreeMap<>();
            for (AssignedTag word : words) {
                last.merge(word.readId(), word, AssignedTag::then);
            }
            return List.copyOf(last.values());
        }
    }
}
