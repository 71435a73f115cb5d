package io.atalaya.videoanalytics.anomaly;

import io.atalaya.alert.Alert;

import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges what was observed at cameras by models, in batches across cameras: a run of a network
 * costs about the same for one row as for many. Nothing waits longer than a few milliseconds, and
 * nothing at all when a barrier, a watermark or the end comes; so the order of a camera's
 * observations, and what is told, do not depend on the batches.
 *
 * <p>One event-time timer a camera at which unusual activity goes on: it is over when nothing more
 * comes.
 */
public final class AnomalyOperator extends AbstractStreamOperator<Alert>
        implements OneInputStreamOperator<Observation, Alert>, Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private final AnomalyRules rules;

    private transient JudgedCameraCache cameras;
    private transient Networks networks;
    private transient AnomalyComposer composer;
    private transient AnomalyMeters meters;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient List<Observation> waiting;
    private transient boolean scheduled;

    public AnomalyOperator(AnomalyRules rules) {
        this.rules = rules;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        cameras =
                new JudgedCameraCache(
                        rules.cached(),
                        rules.forgetAfter(),
                        getKeyedStateBackend(),
                        context.getKeyedStateStore());
    }

    @Override
    public void open() throws Exception {
        super.open();
        waiting = new ArrayList<>(rules.batch());
        composer = new AnomalyComposer(rules);
        timers = getInternalTimerService("activity", VoidNamespaceSerializer.INSTANCE, this);
        meters = new AnomalyMeters(getMetricGroup(), rules, cameras);
        networks = rules.networks().open();
    }

    @Override
    public void processElement(StreamRecord<Observation> element) throws Exception {
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
        List<Question> questions = new ArrayList<>(waiting.size());
        for (Observation observation : waiting) {
            questions.add(question(observation));
        }
        waiting.clear();
        for (ModelKind kind : ModelKind.values()) {
            run(kind, questions);
        }
        questions.forEach(this::take);
        cameras.trim();
    }

    /** An observation, who judges it, and what the network is asked and says. */
    private static final class Question {
        private final Observation observation;
        private final JudgedCamera camera;
        private final Network network;
        private final Judge judge;
        private final float[] features;
        private float[] output;

        Question(Observation observation, JudgedCamera camera, Network network, Judge judge) {
            this.observation = observation;
            this.camera = camera;
            this.network = network;
            this.judge = judge;
            this.features = judge.features(observation);
        }

        Judgement judgement(boolean mayAlert) {
            return judge.judge(observation, output, mayAlert);
        }

        Grounds grounds(Judgement judgement) {
            return Grounds.of(network.version(), judgement);
        }
    }

    private Question question(Observation observation) throws Exception {
        ModelKind kind = observation.kind();
        JudgedCamera camera = cameras.of(observation.deviceId());
        Network network = networks.active(kind);
        Judge judge = camera.judge(kind, network, rules.budgets().get(kind));
        return new Question(observation, camera, network, judge);
    }

    /** Has the network of one kind run on all that it is asked. */
    private void run(ModelKind kind, List<Question> questions) {
        List<Question> asked =
                questions.stream().filter(each -> each.observation.kind() == kind).toList();
        if (asked.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        List<float[]> outputs =
                networks.active(kind).run(asked.stream().map(each -> each.features).toList());
        meters.ran(asked.size(), System.nanoTime() - start);
        for (int i = 0; i < outputs.size(); i++) {
            asked.get(i).output = outputs.get(i);
        }
    }

    private void take(Question question) {
        if (question.observation instanceof Passage passage) {
            take(passage, question);
        } else if (question.observation instanceof Activity activity) {
            take(activity, question);
        }
    }

    /** What went through the picture is gone: the alert begins and ends. */
    private void take(Passage passage, Question question) {
        Judgement judgement = question.judgement(true);
        meters.judged(passage, judgement);
        if (judgement.isAlert()) {
            Grounds grounds = question.grounds(judgement);
            tell(composer.trajectory(passage, grounds, Alert.Status.NEW, 1, now()));
            tell(composer.trajectory(passage, grounds, Alert.Status.ENDED, 2, now()));
        }
    }

    private void take(Activity activity, Question question) {
        JudgedCamera camera = question.camera;
        if (camera.incident() != null && camera.incident().isOverBy(activity)) {
            end(camera, activity.at());
        }
        ActivityIncident open = camera.incident();
        Judgement judgement = question.judgement(open == null);
        meters.judged(activity, judgement);
        if (judgement.isAlert()) {
            begin(camera, activity, judgement.usual(), question.grounds(judgement));
        } else if (open != null && judgement.isRare()) {
            goOn(camera, open.with(activity, question.grounds(judgement)));
        } else if (open != null) {
            camera.incident(open.at(activity.at()));
        }
    }

    private void begin(JudgedCamera camera, Activity activity, double usual, Grounds grounds) {
        ActivityIncident incident = ActivityIncident.begin(activity, usual, grounds);
        camera.incident(incident);
        tell(composer.activity(incident, Alert.Status.NEW, now()));
        setCurrentKey(activity.deviceId());
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, incident.unseenFrom());
    }

    private void goOn(JudgedCamera camera, ActivityIncident longer) {
        camera.incident(longer);
        if (longer.isNewsDue()) {
            camera.incident(longer.toldAgain());
            tell(composer.activity(camera.incident(), Alert.Status.UPDATED, now()));
        }
    }

    private void end(JudgedCamera camera, long at) {
        ActivityIncident last = camera.incident().at(at).toldAgain();
        camera.incident(null);
        tell(composer.activity(last, Alert.Status.ENDED, now()));
    }

    /** Of a camera at which unusual activity began: whether anything was seen of it since. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        JudgedCamera camera = cameras.of(timer.getKey());
        ActivityIncident incident = camera.incident();
        if (incident != null && timer.getTimestamp() >= incident.unseenFrom()) {
            end(camera, timer.getTimestamp());
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
