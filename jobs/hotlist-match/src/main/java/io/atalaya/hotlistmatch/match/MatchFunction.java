package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.timer.EndedVersions;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.metrics.ListChangeLatency;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.OcrEvidence;
import io.atalaya.hotlistmatch.score.Score;
import io.atalaya.hotlistmatch.score.Scorer;
import io.atalaya.hotlistmatch.score.Thresholds;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Matches the reads that pass the prefilter with the plates of their bucket. Joins in both
 * directions, because a prefilter may know an entry before its bucket does: such a probe is stored
 * and compared with entries that arrive later. The registry's progress markers show that a bucket
 * has every change that the prefilter knew, as for nearly all probes; those are not stored, because
 * storing costs more than all other work.
 */
public final class MatchFunction extends BulkheadOperator<CandidateMatch>
        implements TwoInputStreamOperator<Probe, BucketChange, CandidateMatch> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(MatchFunction.class);

    /** Longer than a list change takes from the registry to the slowest bucket. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    /** Until the first progress marker, every probe is stored. */
    private static final long NOTHING_MARKED = -1;

    private final Thresholds thresholds;
    private final Duration keep;
    private final OcrEvidence ocrEvidence;

    private transient ValueState<Bucket> bucketState;
    private transient ValueState<RecentProbes> recentState;

    /** Every bucket of this subtask has applied the list up to this sequence. */
    private transient long mark;

    private transient EndedVersions<Long> endedVersions;
    private transient Scorer scorer;
    private transient Counter comparisons;
    private transient Counter candidateMatches;
    private transient ListChangeLatency changes;

    /**
     * @param bulkhead when the job has to fail
     * @param thresholds a score that no priority would review is no candidate match
     * @param keep how long an ended version is still matched, by the watermark and by processing
     *     time
     * @param ocrEvidence what an OCR result adds to a score or takes away
     */
    public MatchFunction(
            BulkheadSettings bulkhead,
            Thresholds thresholds,
            Duration keep,
            OcrEvidence ocrEvidence) {
        super(bulkhead, false);
        this.thresholds = thresholds;
        this.keep = keep;
        this.ocrEvidence = ocrEvidence;
    }

    @Override
    public void open() throws Exception {
        super.open();
        mark = NOTHING_MARKED;
        endedVersions =
                new EndedVersions<>(
                        keep,
                        RETRY_MS,
                        (bucket, end) -> bulkhead.runTimer(bucket, () -> evictUpTo(end)));
        endedVersions.open(
                getInternalTimerService("ended-versions", LongSerializer.INSTANCE, endedVersions));
        bucketState =
                valueState(new ValueStateDescriptor<>("bucket", BinaryTypeInfo.of(Bucket.class)));
        var recent =
                new ValueStateDescriptor<>("recent-probes", BinaryTypeInfo.of(RecentProbes.class));
        recent.enableTimeToLive(
                StateTtlConfig.newBuilder(RECENT).cleanupInRocksdbCompactFilter(1000).build());
        recentState = valueState(recent);
        scorer = new Scorer();
        comparisons = HotlistMatchMetrics.COMPARISONS.countIn(getMetricGroup());
        candidateMatches = HotlistMatchMetrics.CANDIDATE_MATCHES.countIn(getMetricGroup());
        changes = new ListChangeLatency(getMetricGroup());
    }

    @Override
    public void processElement1(StreamRecord<Probe> element) throws Exception {
        Probe probe = element.getValue();
        bulkhead.run(probe.bucket(), probe.written().causedAt(), probe, () -> process(probe));
    }

    private void process(Probe probe) throws Exception {
        Bucket bucket = bucketState.value();
        if (bucket != null) {
            comparisons.inc(bucket.size());
            for (int i = 0; i < bucket.size(); i++) {
                if (TagKey.isTag(probe.bucket())
                        || PlateComparison.kind(probe.plate(), bucket.plates[i])
                                != MatchKind.NONE) {
                    compare(probe, bucket.listed(i), bucket.from[i]);
                }
            }
        }
        if (probe.applied() > mark) {
            RecentProbes recent = recentState.value();
            recentState.update((recent == null ? RecentProbes.NONE : recent).with(probe));
        }
    }

    @Override
    public void processElement2(StreamRecord<BucketChange> element) throws Exception {
        BucketChange change = element.getValue();
        if (change instanceof BucketChange.Mark progress) {
            mark = Math.max(mark, progress.sequence());
        } else if (change instanceof BucketChange.Version version) {
            bulkhead.runUnpaused(change.bucket(), change, () -> process(version));
        }
    }

    private void process(BucketChange.Version version) throws Exception {
        Bucket bucket = bucketState.value();
        if (bucket == null) {
            bucket = Bucket.EMPTY;
        }
        if (version.inForceTo() == BucketChange.IN_FORCE) {
            bucketState.update(bucket.with(version.listed(), version.inForceFrom()));
            changes.inForce(
                    version.inForceFrom(), getProcessingTimeService().getCurrentProcessingTime());
            matchRecentProbes(version);
        } else {
            bucketState.update(
                    bucket.ended(version.listed(), version.inForceFrom(), version.inForceTo()));
            endedVersions.ended(version.inForceTo());
        }
    }

    private void matchRecentProbes(BucketChange.Version version) throws Exception {
        RecentProbes recent = recentState.value();
        if (recent != null) {
            for (Probe probe : recent.probes()) {
                compare(probe, version.listed(), version.inForceFrom());
            }
        }
    }

    /** Keeps the bucket, because no part of the list may be lost. */
    @Override
    protected void recover(Object key, boolean isRepeated) {
        if (isRepeated) {
            recentState.clear();
        }
    }

    private void evictUpTo(long end) throws Exception {
        Bucket bucket = bucketState.value();
        if (bucket != null) {
            bucketState.update(bucket.prunedBefore(end + 1));
        }
    }

    /**
     * Runs as a part of its own, so that an entry that cannot be compared does not affect the
     * others.
     */
    private void compare(Probe probe, MatchTarget listed, long version) throws Exception {
        bulkhead.runPart(listed.entryId(), probe, () -> comparePart(probe, listed, version));
    }

    private void comparePart(Probe probe, MatchTarget listed, long version) {
        if (probe.event() instanceof EnrichedRead enrichedRead) {
            compareRead(probe, enrichedRead, listed, version);
        } else if (canMatter(probe, listed)) {
            emitCandidate(probe, listed, version, null);
        }
    }

    private void compareRead(
            Probe probe, EnrichedRead enrichedRead, MatchTarget listed, long version) {
        if (probe.image() == null || !listed.hasPlate()) {
            double least = thresholds.review(listed.priority());
            if (scorer.canReach(
                    least, listed, enrichedRead.read(), enrichedRead.confidenceRank())) {
                emitCandidate(probe, listed, version, null);
            }
            return;
        }
        OptionalDouble logOdds =
                scorer.logOdds(listed, enrichedRead.read(), enrichedRead.confidenceRank());
        if (logOdds.isEmpty()) {
            return;
        }
        OcrRequest ocrRequest = ocrRequest(probe, enrichedRead, listed, logOdds.getAsDouble());
        if (ocrRequest == null) {
            double posterior = Score.posterior(logOdds.getAsDouble());
            if (thresholds.action(listed.priority(), posterior) != null) {
                emitCandidate(probe, listed, version, null);
            }
        } else if (isFirst(probe, enrichedRead, listed)) {
            emitCandidate(probe, listed, version, ocrRequest);
        }
    }

    /** The request for the read's image; null if it is not worth reading. */
    private OcrRequest ocrRequest(
            Probe probe, EnrichedRead enrichedRead, MatchTarget listed, double logOdds) {
        PlateRead read = enrichedRead.read();
        OcrRequest ocrRequest =
                new OcrRequest(
                        listed.plate(),
                        CanonicalPlate.pack(read.plate()),
                        scorer.anothersOwn(listed, read, enrichedRead.confidenceRank()),
                        probe.image(),
                        listed.priority(),
                        logOdds);
        return ocrRequest.isOpen(thresholds, ocrEvidence) ? ocrRequest : null;
    }

    /**
     * Whether this probe requests the OCR of a read for an entry. A read may match an entry in
     * several buckets, but its image is requested once: in a bucket that this entry alone makes the
     * read probe, because the other buckets depend on what else is listed.
     */
    private static boolean isFirst(Probe probe, EnrichedRead enrichedRead, MatchTarget listed) {
        LongSet listedUnder = new LongOpenHashSet(2);
        BucketKeys.ofListed(listed.plate(), listedUnder::add);
        for (String text : enrichedRead.read().texts()) {
            long plate = CanonicalPlate.pack(text);
            if (PlateComparison.kind(plate, listed.plate()) != MatchKind.NONE) {
                long folded = CanonicalPlate.fold(plate);
                int near =
                        PlateNeighbours.sharedDeletions(
                                folded, CanonicalPlate.fold(listed.plate()));
                LongSet common = new LongOpenHashSet(2);
                BucketKeys.ofRead(folded, near, common::add);
                common.retainAll(listedUnder);
                long first = common.longStream().min().orElseThrow();
                return probe.plate() == plate && probe.bucket() == first;
            }
        }
        return false;
    }

    private void emitCandidate(
            Probe probe, MatchTarget listed, long version, OcrRequest ocrRequest) {
        candidateMatches.inc();
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "entry {} is a candidate: version {}, by {}, because {}",
                    listed.entryId(),
                    version,
                    probe.event().cause(),
                    ocrRequest == null
                            ? "its score can reach a review"
                            : "reading its image again can change the action");
        }
        output.collect(
                new StreamRecord<>(
                        new CandidateMatch(
                                new EntryEvent.ReadMatched(
                                        listed.entryId(), version, probe.event()),
                                ocrRequest)));
    }

    private boolean canMatter(Probe probe, MatchTarget listed) {
        if (probe.event() instanceof TagAssignment assignment) {
            // A tag that names another vehicle is evidence against a plate read that may match the
            // entry.
            return listed.isNamedBy(assignment.tag())
                    || (assignment.plateReadId() != null && isNear(probe, listed));
        }
        return TagKey.isTag(probe.bucket()) || isNear(probe, listed);
    }

    private static boolean isNear(Probe probe, MatchTarget listed) {
        return listed.hasPlate()
                && PlateComparison.kind(probe.plate(), listed.plate()) != MatchKind.NONE;
    }
}
