package io.atalaya.hotlistmatch.ocr;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.logging.LimitedLog;
import io.atalaya.flink.metrics.LatencyHistogram;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.match.CandidateMatch;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.score.Thresholds;

import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Passes on candidate matches and has the plate images of doubtful ones read again. Emits an
 * interrupting match, and any of priority 90, at once and again with its OCR result. Another review
 * waits up to {@code maxWait} for the result. A match below review is emitted only if the result
 * lifts it. Other matches do not wait.
 *
 * <p>Stateless, because images are never stored. Requests that are open when the job fails are not
 * repeated.
 */
public final class OcrVerificationOperator extends BulkheadOperator<EntryEvent>
        implements OneInputStreamOperator<CandidateMatch, EntryEvent> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(OcrVerificationOperator.class);

    /** Interval at which results are polled while requests are open, ms. */
    private static final long CHECK_INTERVAL_MS = 5;

    /** A match of this priority never waits. */
    private static final int NEVER_HELD = 90;

    private final Thresholds thresholds;
    private final long maxWait;
    private final OcrService.Factory ocrServices;

    private transient OcrService ocrService;
    private transient Set<OpenRequest> openRequests;
    private transient Queue<CompletedRequest> completed;
    private transient boolean isPolling;
    private transient Counter ocrRequests;
    private transient Counter confirmed;
    private transient Counter denied;
    private transient Counter unusable;
    private transient Counter dropped;
    private transient LatencyHistogram latency;
    private transient LimitedLog overloaded;

    /** An open request and what must be emitted with its result. */
    private static final class OpenRequest {
        private final CandidateMatch candidateMatch;
        private final long submittedAt;

        /** Tags that arrived meanwhile; receivers do not know their passage before the match. */
        private final List<EntryEvent.ReadMatched> tags = new ArrayList<>(0);

        private boolean isEmitted;
        private boolean isWaitOver;

        private OpenRequest(CandidateMatch candidateMatch, long at) {
            this.candidateMatch = candidateMatch;
            this.submittedAt = at;
        }

        private boolean isOfPassage(EntryEvent.ReadMatched tag) {
            EntryEvent.ReadMatched finding = candidateMatch.readMatched();
            return finding.event().passageId().equals(tag.event().passageId())
                    && finding.entryId().equals(tag.entryId());
        }
    }

    /**
     * @param ocrResult null if the request was dropped or failed
     * @param failure of the OCR, or null
     */
    private record CompletedRequest(
            OpenRequest openRequests, OcrResult ocrResult, Throwable failure) {}

    /**
     * @param bulkhead settings that decide when the job fails
     * @param thresholds score thresholds of the actions
     * @param maxWait how long a review waits for its result
     * @param ocrServices gives the OCR service
     */
    public OcrVerificationOperator(
            BulkheadSettings bulkhead,
            Thresholds thresholds,
            Duration maxWait,
            OcrService.Factory ocrServices) {
        super(bulkhead, false);
        this.thresholds = thresholds;
        this.maxWait = maxWait.toMillis();
        this.ocrServices = ocrServices;
    }

    @Override
    public void open() throws Exception {
        super.open();
        openRequests = new LinkedHashSet<>();
        completed = new ConcurrentLinkedQueue<>();
        ocrRequests = HotlistMatchMetrics.OCR_REQUESTS.countIn(getMetricGroup());
        confirmed = HotlistMatchMetrics.OCR_CONFIRMED.countIn(getMetricGroup());
        denied = HotlistMatchMetrics.OCR_CONTRADICTED.countIn(getMetricGroup());
        unusable = HotlistMatchMetrics.IMAGES_UNUSABLE.countIn(getMetricGroup());
        dropped = HotlistMatchMetrics.OCR_REQUESTS_DROPPED.countIn(getMetricGroup());
        overloaded = limited(LOG);
        latency = HotlistMatchMetrics.OCR_VERIFICATION.measureIn(getMetricGroup());
        HotlistMatchMetrics.PENDING_OCR_REQUESTS.showIn(
                getMetricGroup(), () -> openRequests.size());
        ocrService = ocrServices.open();
    }

    @Override
    public void processElement(StreamRecord<CandidateMatch> element) throws Exception {
        CandidateMatch candidateMatch = element.getValue();
        EntryEvent.ReadMatched finding = candidateMatch.readMatched();
        if (!bulkhead.run(
                finding.entryId(),
                finding.event().causedAt(),
                candidateMatch,
                () -> process(candidateMatch))) {
            // The match is emitted without an OCR result.
            emit(finding);
        }
        drainCompleted();
        pollLater();
    }

    private void process(CandidateMatch candidateMatch) throws InterruptedException {
        EntryEvent.ReadMatched finding = candidateMatch.readMatched();
        if (candidateMatch.ocrRequest() != null) {
            submit(candidateMatch);
            return;
        }
        if (finding.event() instanceof TagAssignment) {
            openRequests.stream()
                    .filter(each -> !each.isEmitted && each.isOfPassage(finding))
                    .forEach(
                            each -> {
                                each.tags.add(finding);
                                bulkhead.onUndo(() -> each.tags.remove(finding));
                            });
        }
        emit(finding);
    }

    private void submit(CandidateMatch candidateMatch) throws InterruptedException {
        OcrRequest ocrRequest = candidateMatch.ocrRequest();
        ocrRequests.inc();
        OpenRequest one = new OpenRequest(candidateMatch, now());
        openRequests.add(one);
        bulkhead.onUndo(() -> openRequests.remove(one));
        if (ocrRequest.image().isEmpty()) {
            OcrResult none = OcrResult.without(ocrRequest.plate(), OcrResult.Outcome.TOO_LARGE);
            completed.add(new CompletedRequest(one, none, null));
        } else {
            if (isAtOnce(ocrRequest)) {
                emit(one);
            }
            // The service completes the request on its own thread, or at once on this one if there
            // is no room.
            ocrService.submit(
                    ocrRequest,
                    new OcrService.Rank(ocrRequest.priority(), ocrRequest.gain(thresholds)),
                    (ocrResult, failure) ->
                            completed.add(new CompletedRequest(one, ocrResult, failure)));
        }
    }

    private boolean isAtOnce(OcrRequest ocrRequest) {
        Alert.Action action = ocrRequest.action(thresholds);
        return action == Alert.Action.ALERT
                || action != null && ocrRequest.priority() >= NEVER_HELD;
    }

    private void pollLater() {
        if (!isPolling && !openRequests.isEmpty()) {
            isPolling = true;
            getProcessingTimeService()
                    .registerTimer(now() + CHECK_INTERVAL_MS, ignored -> onCheckTimer());
        }
    }

    private void onCheckTimer() throws Exception {
        isPolling = false;
        ocrService.checkRunning();
        drainCompleted();
        long now = now();
        for (OpenRequest each : openRequests) {
            // Once, because in a burst hundreds of requests wait for minutes.
            if (!each.isWaitOver && now - each.submittedAt >= maxWait) {
                each.isWaitOver = true;
                unitOf(each, () -> emitIfVisible(each));
            }
        }
        pollLater();
    }

    private void drainCompleted() throws Exception {
        for (CompletedRequest each = completed.poll(); each != null; each = completed.poll()) {
            CompletedRequest answered = each;
            openRequests.remove(each.openRequests());
            unitOf(each.openRequests(), () -> complete(answered));
        }
    }

    /** A match whose work fails is emitted without an OCR result. */
    private void unitOf(OpenRequest one, Bulkhead.Work work) throws Exception {
        EntryEvent.ReadMatched finding = one.candidateMatch.readMatched();
        if (!bulkhead.runStateless(finding.entryId(), one.candidateMatch, work) && !one.isEmitted) {
            emit(one);
        }
    }

    private void complete(CompletedRequest answered) throws Exception {
        OpenRequest one = answered.openRequests();
        OcrResult ocrResult = answered.ocrResult();
        if (answered.failure() != null) {
            throw new IllegalStateException("the image cannot be read", answered.failure());
        }
        if (ocrResult == null) {
            dropped.inc();
            overloaded.warn(
                    "OCR is overloaded with {} open requests: some reads are not verified",
                    openRequests.size());
            emitIfVisible(one);
            return;
        }
        count(ocrResult);
        latency.update(now() - one.submittedAt);
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "entry {} verified: by {}, because its image gives {} with {}",
                    one.candidateMatch.readMatched().entryId(),
                    one.candidateMatch.readMatched().cause(),
                    ocrResult.outcome(),
                    ocrResult.logOdds());
        }
        OcrRequest ocrRequest = one.candidateMatch.ocrRequest();
        if (ocrRequest.action(thresholds) != null
                || ocrRequest.action(thresholds, ocrResult) != null) {
            EntryEvent.ReadMatched finding = one.candidateMatch.readMatched();
            EnrichedRead read = (EnrichedRead) finding.event();
            emit(finding.of(read.with(ocrResult)));
            emitTags(one);
        }
    }

    private void count(OcrResult ocrResult) {
        if (ocrResult.outcome() != OcrResult.Outcome.READ) {
            unusable.inc();
        } else {
            (ocrResult.logOdds() > 0 ? confirmed : denied).inc();
        }
    }

    /** Emits a match that is visible without an OCR result. */
    private void emitIfVisible(OpenRequest one) {
        if (!one.isEmitted && one.candidateMatch.ocrRequest().action(thresholds) != null) {
            emit(one);
        }
    }

    private void emit(OpenRequest one) {
        emit(one.candidateMatch.readMatched());
        emitTags(one);
    }

    private void emitTags(OpenRequest one) {
        if (!one.isEmitted) {
            one.isEmitted = true;
            bulkhead.onUndo(() -> one.isEmitted = false);
            one.tags.forEach(this::emit);
        }
    }

    private void emit(EntryEvent.ReadMatched finding) {
        output.collect(new StreamRecord<>(finding));
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    /**
     * Waiting matches are emitted before the barrier, because their reads are not replayed after a
     * restore.
     */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        emitPending();
    }

    @Override
    public void finish() throws Exception {
        emitPending();
        super.finish();
    }

    private void emitPending() throws Exception {
        drainCompleted();
        for (OpenRequest each : openRequests) {
            unitOf(each, () -> emitIfVisible(each));
        }
    }

    @Override
    public void close() throws Exception {
        if (ocrService != null) {
            ocrService = null;
            ocrServices.close();
        }
        super.close();
    }
}
