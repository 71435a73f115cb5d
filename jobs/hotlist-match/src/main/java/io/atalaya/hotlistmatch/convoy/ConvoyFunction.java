package io.atalaya.hotlistmatch.convoy;

import io.atalaya.alert.Alert;
import io.atalaya.hotlistmatch.anomaly.Anomaly;
import io.atalaya.clock.ArrivalStall;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static io.atalaya.hotlistmatch.timers.TimerStep.upTo;

/**
 * The convoys of an entry, by entryId: takes facts in any order, derives the convoys anew, and
 * tells those that have grown.
 *
 * <p>A fact counts once the watermark has passed it and the wait for the tags of the cars: what a
 * covert entry knows by its tag must be kept from others from the first message on. What comes
 * behind that settles for a moment, so that the arches of a trip leave no trace of the order in
 * which their topics were read.
 */
public final class ConvoyFunction extends KeyedProcessFunction<String, CompanyFact, Anomaly> {
    private static final long serialVersionUID = 1L;

    private static final long SETTLE_MS = 1_000;
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60_000;

    private final ConvoyRules rules;
    private final long tagWait;

    private transient ValueState<ConvoyCase> state;
    private transient ConvoyLogic logic;
    private transient ConvoyComposer composer;
    private transient ArrivalStall stall;
    private transient Counter convoys;

    public ConvoyFunction(ConvoyRules rules) {
        this.rules = rules;
        this.tagWait = rules.tagWait().toMillis();
    }

    @Override
    public void open(OpenContext context) {
        state =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "convoys", ConvoyCaseFormat.INSTANCE.typeInfo()));
        logic = new ConvoyLogic(rules.minArches());
        composer = new ConvoyComposer(rules);
        stall = new ArrivalStall();
        convoys = HotlistMatchMetrics.CONVOYS.countIn(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(CompanyFact fact, Context context, Collector<Anomaly> out)
            throws Exception {
        ConvoyCase stored = state.value();
        ConvoyCase old = stored == null ? ConvoyCase.EMPTY : stored;
        ConvoyCase next = old.with(fact);
        if (next == old) {
            return;
        }
        TimerService timers = context.timerService();
        long now = timers.currentProcessingTime();
        // Up to the minute, so that the timers of a trip are few.
        timers.registerEventTimeTimer(upTo(MINUTE_MS, fact.at() + Anomaly.KEEP_MS));
        long due = upTo(SECOND_MS, fact.at() + tagWait);
        stall.see(timers.currentWatermark(), now);
        if (due > timers.currentWatermark()) {
            timers.registerEventTimeTimer(due);
            lookForAStall(now + tagWait, timers);
        } else {
            timers.registerProcessingTimeTimer(now + SETTLE_MS);
        }
        state.update(next);
    }

    /** Should the clock not come by. */
    private static void lookForAStall(long from, TimerService timers) {
        timers.registerProcessingTimeTimer(upTo(SECOND_MS, from + ArrivalStall.STALLED_MS));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Anomaly> out)
            throws Exception {
        ConvoyCase current = state.value();
        if (current == null) {
            return;
        }
        TimerService timers = context.timerService();
        long watermark = timers.currentWatermark();
        long now = timers.currentProcessingTime();
        // What was told while the clock stood still stays told.
        long until = Math.max(passed(watermark, now), current.toldUntil());
        ConvoyCase next = tell(current, until, context.getCurrentKey(), out);
        if (current.lastAt() > until && context.timeDomain() == TimeDomain.PROCESSING_TIME) {
            lookForAStall(now, timers);
        }
        // Right after a restore there is no watermark: its least value, less the keep, would wrap.
        if (watermark > Long.MIN_VALUE + Anomaly.KEEP_MS) {
            next = next.since(watermark - Anomaly.KEEP_MS + 1);
        }
        if (next.isEmpty()) {
            state.clear();
        } else {
            state.update(next);
        }
    }

    /** What has come by then has had its wait. */
    private long passed(long watermark, long now) {
        if (stall.isStalled(watermark, now, tagWait)) {
            return Long.MAX_VALUE;
        }
        return watermark < Long.MIN_VALUE + tagWait ? watermark : watermark - tagWait;
    }

    /** Tells the convoys that have grown since they were last told of, and notes that. */
    private ConvoyCase tell(ConvoyCase facts, long until, String entryId, Collector<Anomaly> out) {
        ConvoyCase next = facts;
        Set<String> derived = new HashSet<>();
        for (Convoy convoy : logic.derive(facts.asOf(until))) {
            String alertId = ConvoyComposer.alertId(entryId, convoy.anchor());
            derived.add(alertId);
            Shown told = facts.shown(alertId);
            Anomaly anomaly = anomaly(convoy, told);
            if (anomaly != null) {
                next = next.with(new Shown(convoy.anchor(), until(convoy, told), anomaly));
                out.collect(anomaly);
                convoys.inc();
            }
        }
        return takeBackAbsorbed(next, derived, out);
    }

    /** What is to be told of a convoy now, or null. */
    private Anomaly anomaly(Convoy convoy, Shown told) {
        Company company = convoy.company();
        Alert.Action action =
                company == null ? null : rules.thresholds().action(company.posterior());
        if (told == null) {
            return action == null ? null : composer.compose(convoy, action);
        }
        Alert last = told.last().draft();
        if (action == null) {
            return told.last().isTakenBack()
                    ? null
                    : told.last()
                            .takenBack(
                                    Math.max(convoy.revision(), last.revision() + 1),
                                    Math.max(convoy.at(), last.at()));
        }
        if (convoy.revision() > last.revision()) {
            return composer.compose(convoy, action);
        }
        // Something was unsaid, or is forgotten: no more facts, but other contents.
        return composer.compose(convoy.withRevision(last.revision()), action).equals(told.last())
                ? null
                : composer.compose(convoy.withRevision(last.revision() + 1), action);
    }

    private static long until(Convoy convoy, Shown told) {
        return convoy.company() == null
                ? told.until()
                : convoy.company().chain().last().arch().listed().time();
    }

    /**
     * Takes back what an earlier arch that came to be known late has given another identity, or
     * what proves to be a misread of another companion.
     */
    private static ConvoyCase takeBackAbsorbed(
            ConvoyCase facts, Set<String> derived, Collector<Anomaly> out) {
        ConvoyCase next = facts;
        for (Shown told : List.copyOf(facts.shown())) {
            if (!derived.contains(told.last().alertId())
                    && facts.holds(told.anchor().passageId())
                    && !told.last().isTakenBack()) {
                Alert last = told.last().draft();
                Anomaly gone = told.last().takenBack(last.revision() + 1, last.at());
                next = next.with(new Shown(told.anchor(), told.until(), gone));
                out.collect(gone);
            }
        }
        return next;
    }
}
