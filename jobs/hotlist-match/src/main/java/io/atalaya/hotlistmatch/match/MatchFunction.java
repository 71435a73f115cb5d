package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.decide.CaseInput;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.metrics.ListChangeLatency;
import io.atalaya.hotlistmatch.passage.Sighting;
import io.atalaya.hotlistmatch.passage.Tagged;
import io.atalaya.hotlistmatch.score.Listed;
import io.atalaya.hotlistmatch.score.Scorer;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.plate.MatchKind;
import io.atalaya.plate.PlateComparison;
import io.atalaya.rfid.TagKey;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The read meets the list: survivors are compared with the plates of their bucket. Joins both ways,
 * for a filter may know an entry before its bucket does: such a survivor is kept, and an entry that
 * comes meets it. Nearly all come later than every change that their filter knew, which the
 * registry's marks tell; those are not kept, for keeping costs more than all the rest.
 */
public final class MatchFunction
        extends KeyedCoProcessFunction<Long, Probe, BucketChange, CaseInput> {
    private static final long serialVersionUID = 1L;

    /** Longer than a list change can take from the registry to the slowest bucket. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    /** Until the registry says where it stands, every survivor is kept. */
    private static final long NOTHING_MARKED = -1;

    private final Thresholds thresholds;
    private final long keep;

    private transient ValueState<Bucket> bucketState;
    private transient ValueState<Recent> recentState;

    /** Every bucket of this subtask has the list up to here. */
    private transient long mark;

    private transient Scorer scorer;
    private transient Counter comparisons;
    private transient Counter findings;
    private transient ListChangeLatency changes;

    /**
     * @param thresholds a score that no priority would review is no finding
     * @param keep how long an ended version is still matched, on the arrival clock
     */
    public MatchFunction(Thresholds thresholds, Duration keep) {
        this.thresholds = thresholds;
        this.keep = keep.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        mark = NOTHING_MARKED;
        bucketState =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "bucket", BucketFormat.INSTANCE.typeInfo()));
        var recent =
                new ValueStateDescriptor<>("recent-survivors", RecentFormat.INSTANCE.typeInfo());
        recent.enableTimeToLive(
                StateTtlConfig.newBuilder(RECENT).cleanupInRocksdbCompactFilter(1000).build());
        recentState = getRuntimeContext().getState(recent);
        scorer = new Scorer();
        comparisons = HotlistMatchMetrics.COMPARISONS.countIn(getRuntimeContext().getMetricGroup());
        findings = HotlistMatchMetrics.FINDINGS.countIn(getRuntimeContext().getMetricGroup());
        changes = new ListChangeLatency(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement1(Probe probe, Context context, Collector<CaseInput> out)
            throws Exception {
        Bucket bucket = bucketState.value();
        if (bucket != null) {
            comparisons.inc(bucket.size());
            for (int i = 0; i < bucket.size(); i++) {
                if (TagKey.isTag(probe.bucket())
                        || PlateComparison.kind(probe.plate(), bucket.plates[i])
                                != MatchKind.NONE) {
                    compare(probe, bucket.listed(i), bucket.from[i], out);
                }
            }
        }
        if (probe.applied() > mark) {
            Recent recent = recentState.value();
            recentState.update((recent == null ? Recent.NONE : recent).with(probe));
        }
    }

    @Override
    public void processElement2(BucketChange change, Context context, Collector<CaseInput> out)
            throws Exception {
        if (change instanceof BucketChange.Mark progress) {
            mark = Math.max(mark, progress.sequence());
        } else if (change instanceof BucketChange.Version version) {
            Bucket bucket = bucketState.value();
            if (bucket == null) {
                bucket = Bucket.EMPTY;
            }
            if (version.to() == BucketChange.IN_FORCE) {
                bucketState.update(bucket.with(version.listed(), version.from()));
                changes.inForce(version.from(), context.timerService().currentProcessingTime());
                meetKept(version, out);
            } else {
                bucketState.update(bucket.ended(version.listed(), version.from(), version.to()));
                context.timerService().registerEventTimeTimer(version.to() + keep);
            }
        }
    }

    private void meetKept(BucketChange.Version version, Collector<CaseInput> out) throws Exception {
        Recent recent = recentState.value();
        if (recent != null) {
            for (Probe probe : recent.probes()) {
                compare(probe, version.listed(), version.from(), out);
            }
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<CaseInput> out)
            throws Exception {
        Bucket bucket = bucketState.value();
        if (bucket != null) {
            // One past the horizon: the version whose timer this is ended exactly there.
            bucketState.update(bucket.prunedBefore(timestamp - keep + 1));
        }
    }

    private void compare(Probe probe, Listed listed, long version, Collector<CaseInput> out) {
        if (mayMatter(probe, listed)) {
            findings.inc();
            out.collect(new CaseInput.Finding(listed.entryId(), version, probe.event()));
        }
    }

    private boolean mayMatter(Probe probe, Listed listed) {
        if (probe.event() instanceof Sighting sighting) {
            OptionalDouble score = scorer.posterior(listed, sighting.read(), sighting.trust());
            return score.isPresent()
                    && thresholds.action(listed.priority(), score.getAsDouble()) != null;
        }
        if (probe.event() instanceof Tagged tagged) {
            // A tag that names another car speaks against a plate read that may be the entry's.
            return listed.isNamedBy(tagged.tag())
                    || (tagged.plateReadId() != null && isNear(probe, listed));
        }
        return TagKey.isTag(probe.bucket()) || isNear(probe, listed);
    }

    private static boolean isNear(Probe probe, Listed listed) {
        return listed.hasPlate()
                && PlateComparison.kind(probe.plate(), listed.plate()) != MatchKind.NONE;
    }
}
