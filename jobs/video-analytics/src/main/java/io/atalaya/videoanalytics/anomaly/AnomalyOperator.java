package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.TrajectoryModel;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.StallCheck;
import io.atalaya.flink.logging.DecisionLog;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Scores the observations of cameras with models, in batches across cameras, because one run of a
 * model costs about the same for one row as for many. An observation waits a few milliseconds at
 * most, and a barrier, a watermark or the end of input flushes the batch. So the order of a
 * camera's observations, and the alerts, do not depend on the batches.
 *
 * <p>The second input, broadcast, sets the served model versions. They are loaded on another thread
 * and take effect between two batches, at a time of each subtask's own. A shadow version scores
 * what the active one scores, learns for itself, and emits no alerts.
 *
 * <p>If a model fails on a batch, each of its observations is scored alone, so that only those fail
 * which the model cannot process. A version that also fails on a row of zeros does not work at all;
 * then the version from the settings takes over. A camera that failed continues from its state last
 * written back, and is scored one by one for the rest of the batch.
 *
 * <p>Each camera with an open activity episode has one event-time timer, which ends the episode if
 * no observation comes. If nothing at all comes, the watermark stalls; then the episodes end by
 * processing time.
 */
public final class AnomalyOperator extends BulkheadOperator<Alert>
        implements TwoInputStreamOperator<Observation, ModelRequestResult, Alert>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(AnomalyOperator.class);

    /** Why an episode ends without a typical interval. */
    private static final String UNSEEN = "activity is not observed, or another alert explains it";

    /** Processing time between two checks whether the watermark has stalled, ms. */
    private static final long CHECK_MS = 60_000;

    /** Bulkhead key of the exchange of versions. */
    private static final String VERSIONS = "versions of models";

    private static final MapStateDescriptor<String, ModelRequestResult> CHOSEN =
            new MapStateDescriptor<>(
                    "model-versions", Types.STRING, BinaryTypeInfo.of(ModelRequestResult.class));

    private final AnomalySettings settings;

    private transient BroadcastState<String, ModelRequestResult> chosen;
    private transient CameraModelsCache cameras;
    private transient ServedModels servedModels;
    private transient AnomalyComposer composer;
    private transient AnomalyMeters meters;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient StallCheck stallCheck;
    private transient List<Observation> waiting;

    /** Cameras that may have an open activity episode; all that have one. */
    private transient Set<String> withEpisode;

    /** The versions last requested since the start, or null. */
    private transient ModelRequestResult.Versions lastChosen;

    private transient boolean isScheduled;

    /** Cameras that failed in this batch. */
    private transient Set<String> recovered;

    public AnomalyOperator(AnomalySettings settings, BulkheadSettings bulkhead) {
        super(bulkhead, true);
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        chosen = context.getOperatorStateStore().getBroadcastState(CHOSEN);
        cameras =
                new CameraModelsCache(
                        settings.cached(),
                        settings.evictAfter(),
                        getKeyedStateBackend(),
                        context.getKeyedStateStore(),
                        bulkhead);
    }

    @Override
    public void open() throws Exception {
        super.open();
        waiting = new ArrayList<>(settings.batch());
        recovered = new HashSet<>();
        composer = new AnomalyComposer(settings);
        timers =
                getInternalTimerService(
                        "activity-episodes", VoidNamespaceSerializer.INSTANCE, this);
        withEpisode = new HashSet<>();
        timers.forEachEventTimeTimer((namespace, due) -> withEpisode.add((String) getCurrentKey()));
        stallCheck =
                new StallCheck(
                        getProcessingTimeService(),
                        timers::currentWatermark,
                        () -> !withEpisode.isEmpty(),
                        CHECK_MS,
                        ActivityEpisode.UNSEEN,
                        this::endIfStalled);
        stallCheck.schedule();
        servedModels = settings.servedModels().open();
        meters = new AnomalyMeters(getMetricGroup(), settings, cameras, servedModels);
        for (var each : chosen.immutableEntries()) {
            servedModels.choose((ModelRequestResult.Versions) each.getValue());
        }
        servedModels.settle();
    }

    @Override
    public void processElement1(StreamRecord<Observation> element) throws Exception {
        if (!settings.isEnabled(element.getValue().kind())) {
            return;
        }
        waiting.add(element.getValue());
        if (waiting.size() >= settings.batch()) {
            scoreAll();
        } else if (!isScheduled) {
            isScheduled = true;
            getProcessingTimeService()
                    .registerTimer(
                            now() + settings.maxWait().toMillis(),
                            ignored -> {
                                isScheduled = false;
                                scoreAll();
                            });
        }
    }

    @Override
    public void processElement2(StreamRecord<ModelRequestResult> element) throws Exception {
        ModelRequestResult.Versions versions = (ModelRequestResult.Versions) element.getValue();
        lastChosen = versions;
        chosen.put(versions.kind().model(), versions);
        servedModels.choose(versions);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        scoreAll();
        super.processWatermark(mark);
    }

    /**
     * Flushes the batch, because its observations are before the barrier and will not be sent
     * again.
     */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        scoreAll();
        cameras.flush();
    }

    @Override
    public void finish() throws Exception {
        scoreAll();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (servedModels != null) {
            servedModels.close();
            servedModels = null;
        }
        super.close();
    }

    private void scoreAll() throws Exception {
        if (waiting.isEmpty()) {
            return;
        }
        bulkhead.runShared(VERSIONS, this::originOfVersions, servedModels::replaceLoaded);
        recovered.clear();
        List<ScoringRequest> scoringRequests = new ArrayList<>(waiting.size());
        for (Observation each : waiting) {
            submit(each, scoringRequests);
        }
        waiting.clear();
        for (ModelKind kind : ModelKind.values()) {
            run(kind, scoringRequests);
        }
        for (ScoringRequest each : scoringRequests) {
            Observation observation = each.observation();
            bulkhead.runRest(
                    observation.deviceId(),
                    observation,
                    () -> complete(answered(each, scoringRequests), scoringRequests));
        }
        cameras.trim();
    }

    private void submit(Observation observation, List<ScoringRequest> scoringRequests)
            throws Exception {
        if (recovered.contains(observation.deviceId())) {
            scoringRequests.add(ScoringRequest.later(observation));
        } else {
            bulkhead.runBeginning(
                    observation.deviceId(),
                    observation.arrivalTime(),
                    observation,
                    () -> scoringRequests.add(scoringRequest(observation)));
        }
    }

    /**
     * Origin of a batch: the address of its first observation and the addresses of all. It has no
     * device, because observations that the model can process are still scored.
     */
    private static Traceable.Origin originOf(ModelKind kind, List<ScoringRequest> batch) {
        Observation first = batch.get(0).observation();
        if (batch.size() == 1) {
            return first.origin();
        }
        String all =
                batch.stream()
                        .map(ScoringRequest::observation)
                        .map(each -> each.address() + " of " + each.deviceId())
                        .collect(Collectors.joining(", "));
        String text = kind.model() + ", asked about " + batch.size() + " observations: " + all;
        return Traceable.Origin.described(null, first.address(), text);
    }

    private Traceable.Origin originOfVersions() {
        return Traceable.Origin.described(
                null,
                lastChosen == null ? null : lastChosen.position().in(Topics.MODEL_CONTROL),
                VERSIONS + ", last " + lastChosen);
    }

    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        String deviceId = (String) key;
        recovered.add(deviceId);
        CameraModels camera = cameras.reload(deviceId);
        ActivityEpisode open = camera.episode();
        if (open != null) {
            withEpisode.add(deviceId);
        }
        long now = timers.currentWatermark();
        if (isRepeated) {
            if (open != null) {
                // The new state does not contain the episode.
                bulkhead.tryTo(
                        () -> end(camera, open.arrivalTime(), null, "the state was replaced"));
            }
            cameras.renew(deviceId);
        } else if (open != null && now < Long.MAX_VALUE) {
            timers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, Math.max(open.unseenFrom(), now + RETRY_MS));
        }
    }

    private ScoringRequest scoringRequest(Observation observation) throws Exception {
        ModelKind kind = observation.kind();
        CameraModels camera = cameras.of(observation.deviceId());
        ServedModels.Model shadow = servedModels.shadow(kind);
        // The shadow comes first, so that the active version is the one that the camera used last.
        ScoringRequest.ModelRun beside =
                shadow == null ? null : modelRun(observation, camera, shadow);
        return new ScoringRequest(
                observation,
                camera,
                modelRun(observation, camera, servedModels.active(kind)),
                beside);
    }

    private ScoringRequest.ModelRun modelRun(
            Observation observation, CameraModels camera, ServedModels.Model servedModel) {
        double perDay = settings.budgets().get(observation.kind());
        return new ScoringRequest.ModelRun(
                servedModel, camera.model(observation.kind(), servedModel, perDay), observation);
    }

    /** Runs the models of one kind on the whole batch. */
    private void run(ModelKind kind, List<ScoringRequest> batch) throws Exception {
        if (!runActive(kind, batch)) {
            RuntimeException fault = fault(servedModels.active(kind), kind);
            if (fault != null && servedModels.fallBack(kind, fault)) {
                submitAgain(kind, batch);
                runActive(kind, batch);
            }
        }
        if (servedModels.shadow(kind) != null) {
            try {
                run(
                        servedModels.shadow(kind),
                        submitted(kind, batch).stream().map(ScoringRequest::shadow).toList());
            } catch (RuntimeException e) {
                drop(kind, batch, e);
            }
        }
    }

    /** Returns whether all requests have an output; if not, each is run alone when it is scored. */
    private boolean runActive(ModelKind kind, List<ScoringRequest> batch) throws Exception {
        List<ScoringRequest> asked = submitted(kind, batch);
        if (asked.isEmpty()) {
            return true;
        }
        List<ScoringRequest.ModelRun> modelRuns =
                asked.stream().map(ScoringRequest::active).toList();
        return bulkhead.runShared(
                kind.model(),
                () -> originOf(kind, asked),
                () -> run(servedModels.active(kind), modelRuns));
    }

    private static List<ScoringRequest> submitted(ModelKind kind, List<ScoringRequest> batch) {
        return batch.stream().filter(each -> each.isOf(kind) && each.camera() != null).toList();
    }

    /** The exception that a version throws on a row of zeros, or null if it works. */
    private static RuntimeException fault(ServedModels.Model servedModel, ModelKind kind) {
        try {
            requireUsable(servedModel, servedModel.run(List.of(new float[kind.inputs()])).get(0));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /**
     * Submits the requests again, because learned states that wait for an output of the failed
     * version are useless.
     */
    private void submitAgain(ModelKind kind, List<ScoringRequest> batch) throws Exception {
        List<ScoringRequest> asked = submitted(kind, batch);
        asked.forEach(AnomalyOperator::evict);
        for (ScoringRequest each : asked) {
            Observation observation = each.observation();
            int index = batch.indexOf(each);
            if (!recovered.contains(observation.deviceId())) {
                bulkhead.runUnpaused(
                        observation.deviceId(),
                        observation,
                        () -> batch.set(index, scoringRequest(observation)));
            }
        }
    }

    /** The request with an output; it is created again if the camera was reloaded since then. */
    private ScoringRequest answered(ScoringRequest scoringRequest, List<ScoringRequest> batch)
            throws Exception {
        Observation observation = scoringRequest.observation();
        ModelKind kind = observation.kind();
        ScoringRequest asked =
                cameras.of(observation.deviceId()) == scoringRequest.camera()
                        ? scoringRequest
                        : scoringRequest(observation);
        if (!asked.active().isAnswered()) {
            run(servedModels.active(kind), List.of(asked.active()));
        }
        ScoringRequest.ModelRun shadow = asked.shadow();
        if (shadow != null && servedModels.shadow(kind) != null && !shadow.isAnswered()) {
            try {
                run(servedModels.shadow(kind), List.of(shadow));
            } catch (RuntimeException e) {
                asked.camera().evict(kind, shadow.version());
                drop(kind, batch, e);
            }
        }
        return asked;
    }

    private void run(ServedModels.Model servedModel, List<ScoringRequest.ModelRun> modelRuns) {
        long start = System.nanoTime();
        List<float[]> outputs =
                servedModel.run(modelRuns.stream().map(ScoringRequest.ModelRun::features).toList());
        meters.ran(modelRuns.size(), System.nanoTime() - start);
        for (int i = 0; i < outputs.size(); i++) {
            requireUsable(servedModel, outputs.get(i));
            modelRuns.get(i).output(outputs.get(i));
        }
    }

    private static void requireUsable(ServedModels.Model servedModel, float[] output) {
        for (float value : output) {
            if (!(Math.abs(value) <= TrajectoryModel.MAX_EMBEDDING)) {
                throw new IllegalStateException(
                        "version "
                                + servedModel.version()
                                + " gave "
                                + Arrays.toString(output)
                                + ", expected numbers within ±"
                                + TrajectoryModel.MAX_EMBEDDING);
            }
        }
    }

    private static void evict(ScoringRequest scoringRequest) {
        ModelKind kind = scoringRequest.observation().kind();
        scoringRequest.camera().evict(kind, scoringRequest.active().version());
        if (scoringRequest.shadow() != null) {
            scoringRequest.camera().evict(kind, scoringRequest.shadow().version());
        }
    }

    /**
     * Drops a failing shadow, because it must not affect the active version. What it has learned of
     * the batch's cameras is dropped as well, because those learned states wait for an output that
     * will not come.
     */
    private void drop(ModelKind kind, List<ScoringRequest> batch, RuntimeException reason) {
        String version = servedModels.shadow(kind).version();
        servedModels.dropShadow(kind, reason);
        batch.stream()
                .filter(each -> each.camera() != null)
                .forEach(each -> each.camera().evict(kind, version));
    }

    private AnomalyScore anomalyScore(
            ScoringRequest scoringRequest, List<ScoringRequest> batch, boolean mayAlert) {
        Observation observation = scoringRequest.observation();
        double share = scoringRequest.camera().share(observation.kind(), settings.budgets());
        AnomalyScore anomalyScore =
                scoringRequest.active().anomalyScore(observation, mayAlert, share);
        if (scoringRequest.shadow() != null && servedModels.shadow(observation.kind()) != null) {
            try {
                meters.compared(
                        scoringRequest,
                        anomalyScore,
                        scoringRequest.shadow().anomalyScore(observation, mayAlert, share));
            } catch (RuntimeException e) {
                drop(observation.kind(), batch, e);
            }
        }
        meters.scored(observation, anomalyScore);
        return anomalyScore;
    }

    private void complete(ScoringRequest scoringRequest, List<ScoringRequest> batch)
            throws Exception {
        if (scoringRequest.observation() instanceof CompletedTrack passage) {
            complete(passage, scoringRequest, anomalyScore(scoringRequest, batch, true));
        } else if (scoringRequest.observation() instanceof ActivitySample activity) {
            complete(activity, scoringRequest, batch);
        }
    }

    /** Emits the start and the end of the alert together, because the object is gone. */
    private void complete(
            CompletedTrack passage, ScoringRequest scoringRequest, AnomalyScore anomalyScore) {
        if (anomalyScore.isAlert()) {
            AnomalyEvidence evidence = scoringRequest.active().evidence(anomalyScore);
            long first = passage.arrivalTime();
            long last = Alert.revisionAfter(first, passage.arrivalTime());
            emit(
                    composer.trajectory(passage, evidence, Alert.Status.NEW, first, now()),
                    passage,
                    null);
            emit(
                    composer.trajectory(passage, evidence, Alert.Status.ENDED, last, now()),
                    passage,
                    "the object is gone");
        }
    }

    private void complete(
            ActivitySample activity, ScoringRequest scoringRequest, List<ScoringRequest> batch)
            throws Exception {
        CameraModels camera = scoringRequest.camera();
        ActivityEpisode open = camera.episode();
        AnomalyScore anomalyScore = anomalyScore(scoringRequest, batch, open == null);
        if (anomalyScore.isAlert()) {
            AnomalyEvidence evidence = scoringRequest.active().evidence(anomalyScore);
            begin(camera, activity, anomalyScore.typical().orElseThrow(), evidence);
        } else if (open != null && open.isAlso(activity) && isCounted(activity, anomalyScore)) {
            if (anomalyScore.isRare()) {
                AnomalyEvidence evidence = scoringRequest.active().evidence(anomalyScore);
                double typical = anomalyScore.typical().orElseThrow();
                goOn(camera, open.with(activity, typical, evidence), activity);
            } else if (open.isOverBy(activity)) {
                end(camera, activity.arrivalTime(), activity, "activity is typical again");
            } else {
                camera.episode(open.at(activity.arrivalTime()));
            }
        }
        // Written at once, because a failure must not lose an emitted episode.
        cameras.writeEpisode(activity.deviceId(), camera);
    }

    /**
     * Whether an interval shows if an episode goes on: not if another alert explains it, and not
     * before the model knows the camera.
     */
    private static boolean isCounted(ActivitySample activity, AnomalyScore anomalyScore) {
        return !activity.isSuppressed() && anomalyScore.score().isPresent();
    }

    private void begin(
            CameraModels camera,
            ActivitySample activity,
            double typical,
            AnomalyEvidence evidence) {
        ActivityEpisode episode = ActivityEpisode.begin(activity, typical, evidence);
        camera.episode(episode);
        withEpisode.add(activity.deviceId());
        stallCheck.schedule();
        emit(composer.activity(episode, Alert.Status.NEW, now()), activity, null);
        setCurrentKey(activity.deviceId());
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, episode.unseenFrom());
    }

    private void goOn(CameraModels camera, ActivityEpisode longer, ActivitySample activity) {
        camera.episode(longer);
        if (longer.isUpdateDue()) {
            camera.episode(longer.emittedAgain());
            emit(
                    composer.activity(camera.episode(), Alert.Status.UPDATED, now()),
                    activity,
                    "it lasts");
        }
    }

    /**
     * @param cause the observation that ends it, or null
     */
    private void end(CameraModels camera, long at, Observation cause, String reason) {
        ActivityEpisode last = camera.episode().at(at).emittedAgain();
        camera.episode(null);
        withEpisode.remove(last.location().deviceId());
        emit(composer.activity(last, Alert.Status.ENDED, now()), cause, reason);
    }

    /**
     * Ends the camera's activity episode if no interval has counted since, or sets the timer again.
     */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        CameraModels camera = cameras.of(timer.getKey());
        ActivityEpisode episode = camera.episode();
        if (episode != null && timer.getTimestamp() >= episode.unseenFrom()) {
            end(camera, timer.getTimestamp(), null, UNSEEN);
            cameras.writeEpisode(timer.getKey(), camera);
        } else if (episode != null) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, episode.unseenFrom());
        } else {
            withEpisode.remove(timer.getKey());
        }
        cameras.trim();
    }

    private void endIfStalled(boolean isStalled) throws Exception {
        if (isStalled) {
            for (String deviceId : List.copyOf(withEpisode)) {
                bulkhead.runTimer(deviceId, () -> endUnseen(deviceId));
            }
            cameras.trim();
        }
    }

    private void endUnseen(String deviceId) throws Exception {
        CameraModels camera = cameras.of(deviceId);
        withEpisode.remove(deviceId);
        if (camera.episode() != null) {
            end(camera, camera.episode().unseenFrom(), null, UNSEEN);
            cameras.writeEpisode(deviceId, camera);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("activity sets no processing-time timers");
    }

    private void emit(Alert alert, Observation cause, String reason) {
        DecisionLog.emitted(
                LOG, alert, () -> cause == null ? "timer" : "frame " + cause.address(), reason);
        meters.emitted(alert);
        output.collect(new StreamRecord<>(alert));
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }
}
