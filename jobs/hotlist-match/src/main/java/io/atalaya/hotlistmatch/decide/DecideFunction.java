package io.atalaya.hotlistmatch.decide;

import io.atalaya.alert.Alert;
import io.atalaya.alert.HotlistEvidence.Part;
import io.atalaya.clock.ArrivalStall;
import io.atalaya.device.Device;
import io.atalaya.device.DeviceHistory;
import io.atalaya.device.DeviceRegistrations;
import io.atalaya.hotlistmatch.calibration.ShiftHistory;
import io.atalaya.hotlistmatch.calibration.ShiftTable;
import io.atalaya.hotlistmatch.convoy.ListedPassage;
import io.atalaya.hotlistmatch.convoy.ListedPassageFormat;
import io.atalaya.hotlistmatch.convoy.ListedPassages;
import io.atalaya.hotlistmatch.convoy.ListedPassagesFormat;
import io.atalaya.hotlistmatch.decide.Announcer.Announcement;
import io.atalaya.hotlistmatch.decide.Announcer.Open;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.news.News;
import io.atalaya.hotlistmatch.passage.Gone;
import io.atalaya.hotlistmatch.passage.Observed;
import io.atalaya.hotlistmatch.passage.Sighting;
import io.atalaya.metrics.LatencyHistogram;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.time.Duration;
import java.util.List;

import static io.atalaya.hotlistmatch.timers.TimerStep.upTo;

/**
 * One case an entry: takes facts in any order, derives the alerts anew, and emits those that have
 * grown. A live match goes out at once; facts that come in a burst (catching up, looks into the
 * past, a revision and the end of the read that it replaces, a device not registered yet) settle
 * for a moment, so that the burst's order leaves no trace.
 */
public final class DecideFunction
        extends KeyedBroadcastProcessFunction<String, CaseInput, News, Alert> {
    private static final long serialVersionUID = 1L;

    /** What is known of the passages of listed vehicles, each time this changes. */
    public static final OutputTag<ListedPassage> LISTED_PASSAGES =
            new OutputTag<>("listed-passages", ListedPassageFormat.INSTANCE.typeInfo());

    /** What arrived longer ago than this is being caught up with. */
    private static final long LIVE_MS = 5_000;

    private static final long SETTLE_MS = 500;
    private static final long DEVICE_WAIT_MS = 2_000;
    private static final long DEVICE_RECHECK_MS = 5_000;

    /** What is held is looked at so often, lest the clock has come to stand still. */
    private static final long HELD_RECHECK_MS = 1_000;

    /** Findings that run ahead of their entry wait so long for it. */
    private static final long ORPHAN_MS = Duration.ofMinutes(10).toMillis();

    private final DecideRules rules;
    private final long keep;

    private transient ValueState<EntryCase> state;
    private transient ValueState<ListedPassages> told;
    private transient Announcer announcer;
    private transient ShiftTable shifts;
    private transient ArrivalStall stall;
    private transient Counter alerts;
    private transient Counter reviews;
    private transient Counter unknownDevices;
    private transient LatencyHistogram latency;

    public DecideFunction(DecideRules rules) {
        this.rules = rules;
        keep = rules.keepEnded().toMillis();
    }

    @Override
    public void open(OpenContext context) {
        state =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "case", EntryCaseFormat.INSTANCE.typeInfo()));
        told =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "told", ListedPassagesFormat.INSTANCE.typeInfo()));
        announcer = new Announcer(rules);
        stall = new ArrivalStall();
        shifts = new ShiftTable(getRuntimeContext().getMetricGroup());
        alerts = HotlistMatchMetrics.ALERTS.countIn(getRuntimeContext().getMetricGroup());
        reviews = HotlistMatchMetrics.REVIEWS.countIn(getRuntimeContext().getMetricGroup());
        unknownDevices =
                HotlistMatchMetrics.UNKNOWN_DEVICES.countIn(getRuntimeContext().getMetricGroup());
        latency =
                HotlistMatchMetrics.ARRIVAL_TO_ALERT.measureIn(
                        getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(CaseInput input, ReadOnlyContext context, Collector<Alert> out)
            throws Exception {
        EntryCase old = state.value();
        if (old == null) {
            old = EntryCase.EMPTY;
        }
        Devices devices = devices(context);
        EntryCase next = announcer.fold(old, input);
        if (next == old) {
            return;
        }
        TimerService timers = context.timerService();
        long now = timers.currentProcessingTime();
        if (input instanceof CaseInput.Ended ended) {
            timers.registerEventTimeTimer(ended.to() + keep + 1);
        }
        if (next.spans().isEmpty()) {
            timers.registerProcessingTimeTimer(now + ORPHAN_MS);
        } else if (!next.passages().isEmpty()) {
            if (input instanceof CaseInput.Finding) {
                // By a registration on its way, the device may belong to another site.
                timers.registerProcessingTimeTimer(upTo(SETTLE_MS, now + DEVICE_WAIT_MS));
            }
            long settle = settle(input, old, devices, now);
            if (settle == 0) {
                next = emit(next, devices, context, out);
            } else {
                timers.registerProcessingTimeTimer(now + settle);
            }
        }
        state.update(next);
    }

    @Override
    public void processBroadcastElement(News news, Context context, Collector<Alert> out)
            throws Exception {
        if (news instanceof News.OfDevice device) {
            DeviceRegistrations.take(
                    device.change(), context.getBroadcastState(DeviceRegistrations.STATE));
        } else if (news instanceof News.OfRecord record) {
            shifts.take(record.change(), context.getBroadcastState(ShiftTable.SHIFTS));
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
            throws Exception {
        EntryCase current = state.value();
        if (current == null) {
            return;
        }
        TimerService timers = context.timerService();
        Devices devices = devices(context);
        // Right after a restore there is no watermark: its least value, less the keep, would wrap.
        if (timers.currentWatermark() > Long.MIN_VALUE + keep) {
            current = announcer.prunedBefore(timers.currentWatermark() - keep, current, devices);
        }
        if (current.spans().isEmpty()) {
            state.clear();
            told.clear();
        } else {
            state.update(emit(current, devices, context, out));
        }
    }

    /** How long to wait before deriving alerts, in ms. */
    private static long settle(CaseInput input, EntryCase old, Devices devices, long now) {
        if (input instanceof CaseInput.Started started) {
            return settleCatchUp(started.version().from(), now);
        }
        if (input instanceof CaseInput.Ended ended) {
            return settleCatchUp(ended.to(), now);
        }
        CaseInput.Finding finding = (CaseInput.Finding) input;
        if (finding.event() instanceof Observed read) {
            if (devices.at(read.deviceId(), read.arrival()) == null) {
                return DEVICE_WAIT_MS;
            }
            boolean revises =
                    read instanceof Sighting && old.emitted().containsKey(read.passageId());
            return revises || read.arrival() < finding.version()
                    ? SETTLE_MS
                    : settleCatchUp(read.at(), now);
        }
        Gone gone = (Gone) finding.event();
        return gone.revised() ? SETTLE_MS : settleCatchUp(gone.at(), now);
    }

    private static long settleCatchUp(long at, long now) {
        return now - at > LIVE_MS ? SETTLE_MS : 0;
    }

    /** Emits the alerts that have grown since they were last emitted, and notes that. */
    private EntryCase emit(
            EntryCase entryCase, Devices devices, ReadOnlyContext context, Collector<Alert> out)
            throws Exception {
        TimerService timers = context.timerService();
        Announcement announcement =
                announcer.announce(
                        entryCase, devices, timers.currentWatermark(), isStalled(timers));
        for (Alert alert : announcement.due()) {
            (alert.action() == Alert.Action.ALERT ? alerts : reviews).inc();
            long now = timers.currentProcessingTime();
            if (alert.status() == Alert.Status.NEW) {
                latency.update(now - alert.at());
            }
            out.collect(alert.detectedAt(now));
        }
        announcement.open().forEach(open -> watch(open, timers));
        tell(announcement, context);
        return announcement.entryCase();
    }

    private void tell(Announcement announcement, ReadOnlyContext context) throws Exception {
        ListedPassages stored = told.value();
        ListedPassages next = stored == null ? ListedPassages.NONE : stored;
        for (ListedPassage passage :
                ListedPassageNews.of(announcement.judged(), announcement.entryCase(), next)) {
            next = next.with(passage, EntryCase.MAX_PASSAGES);
            context.output(LISTED_PASSAGES, passage);
        }
        if (next != stored && !next.all().isEmpty()) {
            told.update(next);
        }
    }

    /** Whether nothing is to be waited for any more. */
    private boolean isStalled(TimerService timers) {
        return stall.isStalled(
                timers.currentWatermark(),
                timers.currentProcessingTime(),
                rules.tagWait().toMillis());
    }

    /**
     * Comes back when a held alert is due, when the entry expires, or to see whether the device has
     * been registered.
     */
    private void watch(Open open, TimerService timers) {
        if (open.heldUntil() != null) {
            timers.registerEventTimeTimer(open.heldUntil());
            timers.registerProcessingTimeTimer(
                    upTo(HELD_RECHECK_MS, timers.currentProcessingTime() + 1));
        }
        long closes = open.closes();
        long watermark = timers.currentWatermark();
        if (watermark >= closes) {
            return;
        }
        Long until = open.validUntil();
        // A timer at or before the watermark would fire again and again within it.
        if (open.endedAt() == null && until != null && until < closes && until > watermark) {
            timers.registerEventTimeTimer(until);
        }
        if (!open.placed()) {
            unknownDevices.inc();
            timers.registerProcessingTimeTimer(
                    upTo(DEVICE_RECHECK_MS, timers.currentProcessingTime() + 1));
        }
    }

    private Devices devices(ReadOnlyContext context) {
        return new Known(
                context.getBroadcastState(DeviceRegistrations.STATE),
                context.getBroadcastState(ShiftTable.SHIFTS),
                shifts);
    }

    /** What is known of devices, in broadcast state. */
    private record Known(
            ReadOnlyBroadcastState<String, DeviceHistory> registered,
            ReadOnlyBroadcastState<String, ShiftHistory> histories,
            ShiftTable shifts)
            implements Devices {
        @Override
        public Device at(String deviceId, long arrival) {
            try {
                return DeviceRegistrations.at(deviceId, arrival, registered);
            } catch (Exception e) {
                throw new IllegalStateException("reading the broadcast devices", e);
            }
        }

        @Override
        public List<Part> records(String source, String deviceId, long arrival) {
            try {
                return shifts.parts(source, deviceId, arrival, histories);
            } catch (Exception e) {
                throw new IllegalStateException("reading the broadcast records", e);
            }
        }
    }
}
