package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.trajectory.TrajectoryModel;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;

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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges what was observed at cameras by models, in batches across cameras: a run of a network
 * costs about the same for one row as for many. Nothing waits longer than a few milliseconds, and
 * nothing at all when a barrier, a watermark or the end comes; so the order of a camera's
 * observations, and what is told, do not depend on the batches.
 *
 * <p>The second input, broadcast, says which versions of the models are to be served. They are
 * loaded beside the task thread and take over between two batches, each subtask at its own moment.
 * A version that runs in shadow judges what the active one judges, learns for itself, and tells
 * nobody.
 *
 * <p>If a model fails on a batch, each observation of it is judged alone, so that only that fails
 * which the model cannot take. A version that fails on a row of zeros as well does not work at all,
 * and the version of the settings takes over. A camera that failed goes on with what was last
 * written back of it, and is asked one by one for the rest of the batch.
 *
 * <p>One event-time timer a camera at which unusual activity goes on: it is over when nothing more
 * comes.
 */
public final class AnomalyOperator extends BulkheadOperator<Alert>
        implements TwoInputStreamOperator<Observation, ModelRequestResult, Alert>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    /** The key of the exchange of versions. */
    private static final String VERSIONS = "versions of models";

    private static final MapStateDescriptor<String, ModelRequestResult> CHOSEN =
            new MapStateDescriptor<>(
                    "model-versions",
                    Types.STRING,
                    ModelRequestResultSerializer.INSTANCE.typeInfo());

    private final AnomalySettings rules;

    private transient BroadcastState<String, ModelRequestResult> chosen;
    private transient CameraModelsCache cameras;
    private transient ServedModels networks;
    private transient AnomalyComposer composer;
    private transient AnomalyMeters meters;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient List<Observation> waiting;

    /** The versions that were asked for last since the start, or null. */
    private transient ModelVersions lastChosen;

    private transient boolean scheduled;

    /** Cameras that have failed in this batch. */
    private transient Set<String> recovered;

    public AnomalyOperator(AnomalySettings rules, BulkheadSettings bulkhead) {
        super(bulkhead, true);
        this.rules = rules;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        chosen = context.getOperatorStateStore().getBroadcastState(CHOSEN);
        cameras =
                new CameraModelsCache(
                        rules.cached(),
                        rules.forgetAfter(),
                        getKeyedStateBackend(),
                        context.getKeyedStateStore(),
                        bulkhead);
    }

    @Override
    public void open() throws Exception {
        super.open();
        waiting = new ArrayList<>(rules.batch());
        recovered = new HashSet<>();
        composer = new AnomalyComposer(rules);
        timers = getInternalTimerService("activity", VoidNamespaceSerializer.INSTANCE, this);
        networks = rules.networks().open();
        meters = new AnomalyMeters(getMetricGroup(), rules, cameras, networks);
        for (var each : chosen.immutableEntries()) {
            networks.choose((ModelVersions) each.getValue());
        }
        networks.settle();
    }

    @Override
    public void processElement1(StreamRecord<Observation> element) throws Exception {
        if (!rules.isAsked(element.getValue().kind())) {
            return;
        }
        waiting.add(element.getValue());
        if (waiting.size() >= rules.batch()) {
            judgeAll();
        } else if (!scheduled) {
            scheduled = true;
            getProcessingTimeService()
                    .registerTimer(
                            now() + rules.maxWait().toMillis(),
                            ignored -> {
                                scheduled = false;
                                judgeAll();
                            });
        }
    }

    @Override
    public void processElement2(StreamRecord<ModelRequestResult> element) throws Exception {
        ModelVersions versions = (ModelVersions) element.getValue();
        lastChosen = versions;
        chosen.put(versions.kind().model(), versions);
        networks.choose(versions);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        judgeAll();
        super.processWatermark(mark);
    }

    /** What waits is behind the barrier: it will not come again. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        judgeAll();
        cameras.flush();
    }

    @Override
    public void finish() throws Exception {
        judgeAll();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        if (networks != null) {
            networks.close();
            networks = null;
        }
        super.close();
    }

    private void judgeAll() throws Exception {
        if (waiting.isEmpty()) {
            return;
        }
        bulkhead.runPart(VERSIONS, this::originOfVersions, networks::takeOver);
        recovered.clear();
        List<ScoringRequest> questions = new ArrayList<>(waiting.size());
        for (Observation each : waiting) {
            ask(each, questions);
        }
        waiting.clear();
        for (ModelKind kind : ModelKind.values()) {
            run(kind, questions);
        }
        for (ScoringRequest each : questions) {
            Observation observation = each.observation();
            bulkhead.runRest(
                    observation.deviceId(),
                    observation,
                    () -> take(answered(each, questions), questions));
        }
        cameras.trim();
    }

    private void ask(Observation observation, List<ScoringRequest> questions) throws Exception {
        if (recovered.contains(observation.deviceId())) {
            questions.add(ScoringRequest.later(observation));
        } else {
            bulkhead.runBeginning(
                    observation.deviceId(),
                    observation.at(),
                    observation,
                    () -> questions.add(question(observation)));
        }
    }

    /**
     * Of a batch: the address of its first observation, with the messages of all, and no device:
     * those that the model can take are judged nevertheless.
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
        ActivityEpisode open = camera.incident();
        long now = timers.currentWatermark();
        if (isRepeated) {
            if (open != null) {
                // The new state knows nothing of it.
                bulkhead.tryTo(() -> end(camera, open.at()));
            }
            cameras.renew(deviceId);
        } else if (open != null && now < Long.MAX_VALUE) {
            timers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, Math.max(open.unseenFrom(), now + RETRY_MS));
        }
    }

    private ScoringRequest question(Observation observation) throws Exception {
        ModelKind kind = observation.kind();
        CameraModels camera = cameras.of(observation.deviceId());
        ServedModel shadow = networks.shadow(kind);
        // Last, so that the active version is the one that the camera was asked by last.
        ModelRun beside = shadow == null ? null : opinion(observation, camera, shadow);
        return new ScoringRequest(
                observation, camera, opinion(observation, camera, networks.active(kind)), beside);
    }

    private ModelRun opinion(Observation observation, CameraModels camera, ServedModel network) {
        double perDay = rules.budgets().get(observation.kind());
        return new ModelRun(
                network, camera.judge(observation.kind(), network, perDay), observation);
    }

    /** Has the networks of one kind run on all that they are asked. */
    private void run(ModelKind kind, List<ScoringRequest> batch) throws Exception {
        if (!runActive(kind, batch)) {
            RuntimeException fault = fault(networks.active(kind), kind);
            if (fault != null && networks.fallBack(kind, fault)) {
                askAnew(kind, batch);
                runActive(kind, batch);
            }
        }
        if (networks.shadow(kind) != null) {
            try {
                run(
                        networks.shadow(kind),
                        asked(kind, batch).stream().map(ScoringRequest::shadow).toList());
            } catch (RuntimeException e) {
                drop(kind, batch, e);
            }
        }
    }

    /** Whether all are answered; if not, each is asked alone when it is judged. */
    private boolean runActive(ModelKind kind, List<ScoringRequest> batch) throws Exception {
        List<ScoringRequest> asked = asked(kind, batch);
        if (asked.isEmpty()) {
            return true;
        }
        List<ModelRun> opinions = asked.stream().map(ScoringRequest::active).toList();
        return bulkhead.runPart(
                kind.model(),
                () -> originOf(kind, asked),
                () -> run(networks.active(kind), opinions));
    }

    private static List<ScoringRequest> asked(ModelKind kind, List<ScoringRequest> batch) {
        return batch.stream().filter(each -> each.isOf(kind) && each.camera() != null).toList();
    }

    /** What a version throws on a row that any can take, or null if it works. */
    private static RuntimeException fault(ServedModel network, ModelKind kind) {
        try {
            requireUsable(network, network.run(List.of(new float[kind.inputs()])).get(0));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Who waits for an answer that will not come is of no use any more. */
    private void askAnew(ModelKind kind, List<ScoringRequest> batch) throws Exception {
        List<ScoringRequest> asked = asked(kind, batch);
        asked.forEach(AnomalyOperator::forget);
        for (ScoringRequest each : asked) {
            Observation observation = each.observation();
            int index = batch.indexOf(each);
            if (!recovered.contains(observation.deviceId())) {
                bulkhead.runUnpaused(
                        observation.deviceId(),
                        observation,
                        () -> batch.set(index, question(observation)));
            }
        }
    }

    /** The question as it is to be judged: asked of the camera as it is now, and answered. */
    private ScoringRequest answered(ScoringRequest question, List<ScoringRequest> batch)
            throws Exception {
        Observation observation = question.observation();
        ModelKind kind = observation.kind();
        ScoringRequest asked =
                cameras.of(observation.deviceId()) == question.camera()
                        ? question
                        : question(observation);
        if (!asked.active().isAnswered()) {
            run(networks.active(kind), List.of(asked.active()));
        }
        ModelRun shadow = asked.shadow();
        if (shadow != null && networks.shadow(kind) != null && !shadow.isAnswered()) {
            try {
                run(networks.shadow(kind), List.of(shadow));
            } catch (RuntimeException e) {
                asked.camera().forget(kind, shadow.version());
                drop(kind, batch, e);
            }
        }
        return asked;
    }

    private void run(ServedModel network, List<ModelRun> opinions) {
        long start = System.nanoTime();
        List<float[]> outputs = network.run(opinions.stream().map(ModelRun::features).toList());
        meters.ran(opinions.size(), System.nanoTime() - start);
        for (int i = 0; i < outputs.size(); i++) {
            requireUsable(network, outputs.get(i));
            opinions.get(i).output(outputs.get(i));
        }
    }

    private static void requireUsable(ServedModel network, float[] output) {
        for (float value : output) {
            if (!(Math.abs(value) <= TrajectoryModel.MOST)) {
                throw new IllegalStateException(
                        "version "
                                + network.version()
                                + " gave "
                                + Arrays.toString(output)
                                + ", expected numbers within ±"
                                + TrajectoryModel.MOST);
            }
        }
    }

    private static void forget(ScoringRequest question) {
        ModelKind kind = question.observation().kind();
        question.camera().forget(kind, question.active().version());
        if (question.shadow() != null) {
            question.camera().forget(kind, question.shadow().version());
        }
    }

    /**
     * A shadow must not harm those who work. What it has learned of the batch's cameras goes, too:
     * their judges wait for an answer that will not come.
     */
    private void drop(ModelKind kind, List<ScoringRequest> batch, RuntimeException reason) {
        String version = networks.shadow(kind).version();
        networks.dropShadow(kind, reason);
        batch.stream()
                .filter(each -> each.camera() != null)
                .forEach(each -> each.camera().forget(kind, version));
    }

    private AnomalyScore judgement(
            ScoringRequest question, List<ScoringRequest> batch, boolean mayAlert) {
        Observation observation = question.observation();
        double share = question.camera().share(observation.kind(), rules.budgets());
        AnomalyScore judgement = question.active().judgement(observation, mayAlert, share);
        if (question.shadow() != null && networks.shadow(observation.kind()) != null) {
            try {
                meters.compared(
                        question,
                        judgement,
                        question.shadow().judgement(observation, mayAlert, share));
            } catch (RuntimeException e) {
                drop(observation.kind(), batch, e);
            }
        }
        meters.judged(observation, judgement);
        return judgement;
    }

    private void take(ScoringRequest question, List<ScoringRequest> batch) throws Exception {
        if (question.observation() instanceof CompletedTrack passage) {
            take(passage, question, judgement(question, batch, true));
        } else if (question.observation() instanceof ActivitySample activity) {
            take(activity, question, batch);
        }
    }

    /** What went through the picture is gone: the alert begins and ends. */
    private void take(CompletedTrack passage, ScoringRequest question, AnomalyScore judgement) {
        if (judgement.isAlert()) {
            AnomalyEvidence grounds = question.active().grounds(judgement);
            long first = passage.at();
            long last = Alert.revisionAfter(first, passage.at());
            tell(composer.trajectory(passage, grounds, Alert.Status.NEW, first, now()));
            tell(composer.trajectory(passage, grounds, Alert.Status.ENDED, last, now()));
        }
    }

    private void take(ActivitySample activity, ScoringRequest question, List<ScoringRequest> batch)
            throws Exception {
        CameraModels camera = question.camera();
        if (camera.incident() != null && camera.incident().isOverBy(activity)) {
            end(camera, activity.at());
        }
        ActivityEpisode open = camera.incident();
        AnomalyScore judgement = judgement(question, batch, open == null);
        if (judgement.isAlert()) {
            double usual = judgement.usual().orElseThrow();
            begin(camera, activity, usual, question.active().grounds(judgement));
        } else if (open != null && open.isAlso(activity) && judgement.isRare()) {
            goOn(camera, open.with(activity, question.active().grounds(judgement)));
        } else if (open != null) {
            camera.incident(open.at(activity.at()));
        }
        // A failure must not forget what people know of.
        cameras.writeIncident(activity.deviceId(), camera);
    }

    private void begin(
            CameraModels camera, ActivitySample activity, double usual, AnomalyEvidence grounds) {
        ActivityEpisode incident = ActivityEpisode.begin(activity, usual, grounds);
        camera.incident(incident);
        tell(composer.activity(incident, Alert.Status.NEW, now()));
        setCurrentKey(activity.deviceId());
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, incident.unseenFrom());
    }

    private void goOn(CameraModels camera, ActivityEpisode longer) {
        camera.incident(longer);
        if (longer.isNewsDue()) {
            camera.incident(longer.toldAgain());
            tell(composer.activity(camera.incident(), Alert.Status.UPDATED, now()));
        }
    }

    private void end(CameraModels camera, long at) {
        ActivityEpisode last = camera.incident().at(at).toldAgain();
        camera.incident(null);
        tell(composer.activity(last, Alert.Status.ENDED, now()));
    }

    /** Of a camera at which unusual activity began: whether anything was seen of it since. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        CameraModels camera = cameras.of(timer.getKey());
        ActivityEpisode incident = camera.incident();
        if (incident != null && timer.getTimestamp() >= incident.unseenFrom()) {
            end(camera, timer.getTimestamp());
            cameras.writeIncident(timer.getKey(), camera);
        } else if (incident != null) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, incident.unseenFrom());
        }
        cameras.trim();
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("activity sets no processing-time timers");
    }

    private void tell(Alert alert) {
        meters.told(alert);
        output.collect(new StreamRecord<>(alert));
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }
}
