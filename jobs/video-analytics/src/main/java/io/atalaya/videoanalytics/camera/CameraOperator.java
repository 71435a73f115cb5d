package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.logging.DecisionLog;
import io.atalaya.flink.metrics.LatencyHistogram;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.state.StateOnHeap;
import io.atalaya.videoanalytics.anomaly.ActivitySample;
import io.atalaya.videoanalytics.anomaly.CompletedTrack;
import io.atalaya.videoanalytics.anomaly.ModelKind;
import io.atalaya.videoanalytics.anomaly.Observation;
import io.atalaya.videoanalytics.detector.FrameContext;
import io.atalaya.videoanalytics.episode.EpisodeAlertComposer;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;
import io.atalaya.videoanalytics.metrics.EpisodeCounters;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;
import io.atalaya.videoanalytics.outage.LinkEvent;
import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;

import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * Runs a {@link CameraAnalyzer} per camera. Inputs are frames, whose Flink timestamp is their
 * arrival time, and registrations. Outputs are alerts, and as side outputs link events and
 * observations for the models.
 *
 * <p>Each camera has one event-time timer, set for the first action that is due without a frame,
 * and one per removal from the register. The number of registrations is bounded by the register. If
 * all cameras stop sending, the watermark stalls; a downstream operator detects that by processing
 * time.
 *
 * <p>A camera that failed continues from the state last written back. State is written at once if
 * anything except observations was emitted, because a lost episode would never end. A frame that
 * failed or came during a pause still shows that the camera is not silent.
 */
public final class CameraOperator extends BulkheadOperator<Alert>
        implements TwoInputStreamOperator<CameraFrame, DeviceChange, Alert>,
                Triggerable<String, VoidNamespace>,
                StateOnHeap {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(CameraOperator.class);

    /** Shorter than {@link #RETRY_MS}, because silence must be noticed soon. */
    private static final long SILENCE_RETRY_MS = 30_000;

    /** Pauses and silence of cameras, because many at once have one cause. */
    public static final OutputTag<LinkEvent> LINKS =
            new OutputTag<>("links", BinaryTypeInfo.of(LinkEvent.class));

    /** Input of the models: completed tracks and activity samples. */
    public static final OutputTag<Observation> OBSERVATIONS =
            new OutputTag<>("observations", BinaryTypeInfo.of(Observation.class));

    private final CameraSettings settings;
    private final long evictAfterMillis;
    private final long quietAfter;

    private transient CameraCache cameras;
    private transient EpisodeAlertComposer composer;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Counter frames;
    private transient Counter objects;
    private transient Counter unregistered;
    private transient Counter evicted;
    private transient EpisodeCounters episodes;
    private transient LatencyHistogram latency;

    /**
     * Whether trajectory anomalies are enabled; otherwise no observations are emitted for that
     * model.
     */
    private transient boolean scoresTrajectories;

    private transient boolean scoresActivity;

    /** Whether the current work on this camera emitted an alert or a link event. */
    private transient boolean hasEmitted;

    public CameraOperator(CameraSettings settings, BulkheadSettings bulkhead) {
        super(bulkhead, true);
        this.settings = settings;
        evictAfterMillis = settings.evictAfter().toMillis();
        quietAfter = settings.quietAfter().toMillis();
    }

    /** The keyed state of a camera. */
    public static ValueStateDescriptor<CameraState> stateDescriptor() {
        return new ValueStateDescriptor<>("camera", BinaryTypeInfo.of(CameraState.class));
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        cameras =
                new CameraCache(
                        settings.analyzer(),
                        settings.cached(),
                        getKeyedStateBackend(),
                        context.getKeyedStateStore(),
                        bulkhead);
    }

    @Override
    public void open() throws Exception {
        super.open();
        composer = new EpisodeAlertComposer(settings.policy());
        scoresTrajectories = ModelKind.TRAJECTORY.isEmitted(settings.policy());
        scoresActivity = ModelKind.SCENE_ACTIVITY.isEmitted(settings.policy());
        timers = getInternalTimerService("cameras", VoidNamespaceSerializer.INSTANCE, this);
        frames = VideoAnalyticsMetrics.FRAMES.countIn(getMetricGroup());
        objects = VideoAnalyticsMetrics.OBJECTS.countIn(getMetricGroup());
        unregistered =
                VideoAnalyticsMetrics.FRAMES_OF_UNREGISTERED_CAMERAS.countIn(getMetricGroup());
        evicted = VideoAnalyticsMetrics.EVICTED_CAMERAS.countIn(getMetricGroup());
        episodes = new EpisodeCounters(getMetricGroup(), VideoAnalyticsMetrics.BY_RULES);
        latency = VideoAnalyticsMetrics.ARRIVAL_TO_ALERT.measureIn(getMetricGroup());
        VideoAnalyticsMetrics.CACHED_CAMERAS.showIn(getMetricGroup(), cameras::size);
        VideoAnalyticsMetrics.CAMERA_LOADS.showIn(getMetricGroup(), cameras::loads);
        VideoAnalyticsMetrics.STATE_BYTES_WRITTEN.showIn(getMetricGroup(), cameras::bytesWritten);
        VideoAnalyticsMetrics.LARGEST_CAMERA_BYTES.showIn(getMetricGroup(), cameras::maxStateBytes);
    }

    /**
     * Sets no key, because a frame of a cached camera needs no state; the key is set where state is
     * read.
     */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord element) {}

    @Override
    public void processElement1(StreamRecord<CameraFrame> element) throws Exception {
        cameras.reportUnwritten(bulkhead);
        CameraFrame frame = element.getValue();
        long arrival = element.getTimestamp();
        frames.inc();
        objects.inc(frame.objects().size());
        if (!run(frame.deviceId(), element, () -> analyze(frame, arrival))) {
            bulkhead.runUnpaused(frame.deviceId(), frame, () -> noteArrival(frame, arrival));
        }
        cameras.trim();
    }

    private void analyze(CameraFrame frame, long arrival) throws Exception {
        hasEmitted = false;
        Camera camera = cameras.of(frame.deviceId());
        Device device = camera.deviceAt(arrival);
        if (device == null) {
            unregistered.inc();
        }
        emitPause(frame, camera, arrival);
        emit(camera.analyzer().onFrame(frame, arrival), frame.deviceId(), device, frame.position());
        observe(camera.analyzer(), frame, device, arrival);
        emitSteadiness(frame, camera, arrival);
        schedule(frame.deviceId(), camera, arrival);
        settle(frame.deviceId(), camera);
    }

    private void noteArrival(CameraFrame frame, long arrival) throws Exception {
        hasEmitted = false;
        Camera camera = cameras.of(frame.deviceId());
        Device device = camera.deviceAt(arrival);
        emitPause(frame, camera, arrival);
        emit(
                camera.analyzer().onMissed(frame, arrival),
                frame.deviceId(),
                device,
                frame.position());
        emitSteadiness(frame, camera, arrival);
        schedule(frame.deviceId(), camera, arrival);
        settle(frame.deviceId(), camera);
    }

    private void settle(String deviceId, Camera camera) throws Exception {
        if (hasEmitted) {
            cameras.store(deviceId, camera);
        }
        camera.settle();
    }

    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        String deviceId = (String) key;
        Camera failed = cameras.ifCached(deviceId);
        Camera camera = isRepeated ? renewed(deviceId) : cameras.reload(deviceId);
        long set = failed == null ? camera.timerAt() : failed.settledTimer();
        if (set != Camera.NO_TIMER) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, set);
        }
        camera.timerAt(Camera.NO_TIMER);
        if (failed != null) {
            camera.analyzer().resume(failed.settledArrival());
        }
        long now = timers.currentWatermark();
        // After the final watermark nothing is due any more.
        if (camera.analyzer().lastArrival() >= 0 && now < Long.MAX_VALUE) {
            setTimer(deviceId, camera, Math.max(dueAt(camera, now), now + SILENCE_RETRY_MS));
        }
        hasEmitted = isRepeated;
        settle(deviceId, camera);
    }

    /** Ends open episodes, because the new state does not contain them. */
    private Camera renewed(String deviceId) throws Exception {
        Camera camera = cameras.renew(deviceId);
        bulkhead.tryTo(
                () -> {
                    CameraAnalyzer last = cameras.lastWritten();
                    long now = Math.max(last.lastArrival(), timers.currentWatermark());
                    Device device = camera.deviceAt(now);
                    for (EpisodeUpdate end : camera.analyzer().succeed(last, now)) {
                        bulkhead.tryTo(
                                () -> emit(List.of(end), deviceId, device, RecordPosition.UNKNOWN));
                    }
                });
        return camera;
    }

    /**
     * Ignores devices that are not cameras, because registrations of arches and buttons need no
     * state here.
     */
    @Override
    public void processElement2(StreamRecord<DeviceChange> element) throws Exception {
        DeviceChange change = element.getValue();
        bulkhead.runUnpaused(change.deviceId(), change, () -> register(change));
    }

    private void register(DeviceChange change) throws Exception {
        DeviceHistory before = cameras.registrations();
        if (before == null && !isCamera(change.device())) {
            return;
        }
        DeviceHistory known =
                DeviceHistory.with(
                        before,
                        new DeviceHistory.Registration(change.arrivalTime(), change.device()));
        cameras.register(change.deviceId(), known);
        if (known.isRemoved()) {
            // Its last frames may be read later. A camera that never sends has no other timer.
            timers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, change.arrivalTime() + evictAfterMillis);
        }
    }

    private static boolean isCamera(Device device) {
        return device != null
                && (device.kind() == Device.Kind.CAMERA || device.kind() == Device.Kind.DRONE);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        onTime(timer.getKey(), timer.getTimestamp());
        cameras.trim();
    }

    private void onTime(String deviceId, long now) throws Exception {
        hasEmitted = false;
        Camera camera = cameras.known(deviceId);
        if (camera == null) {
            cameras.evictRemoved();
            return;
        }
        if (now != camera.timerAt()) {
            // This timer was set for a removal; the camera has sent frames and has its own timer.
            return;
        }
        camera.timerAt(Camera.NO_TIMER);
        CameraAnalyzer watch = camera.analyzer();
        Device device = camera.deviceAt(now);
        if (now >= watch.lastArrival() + quietAfter) {
            emitSilence(deviceId, camera, RecordPosition.UNKNOWN);
        }
        if (now >= watch.timerAt()) {
            emit(watch.onTime(now), deviceId, device, RecordPosition.UNKNOWN);
        }
        if (now >= watch.lastArrival() + evictAfterMillis) {
            emit(watch.onEvicted(now), deviceId, device, RecordPosition.UNKNOWN);
            emitLinkEvent(
                    new LinkEvent.SteadinessChanged(deviceId, now, false, RecordPosition.UNKNOWN));
            cameras.evict(deviceId);
            evicted.inc();
            LOG.info("camera {} evicted: it has not sent for {}", deviceId, settings.evictAfter());
        } else {
            schedule(deviceId, camera, now);
            settle(deviceId, camera);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("cameras set no processing-time timers");
    }

    /**
     * Writes state back here, because no record or timer can come between this call and the
     * snapshot.
     */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        cameras.flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    /** Sets the camera's timer if the next action is due before it. */
    private void schedule(String deviceId, Camera camera, long now) {
        long due = dueAt(camera, now);
        // A late timer would miss the action; an early one only checks and sets the next.
        if (due < camera.timerAt()) {
            setTimer(deviceId, camera, due);
        }
    }

    private long dueAt(Camera camera, long now) {
        CameraAnalyzer analyzer = camera.analyzer();
        long due = Math.min(analyzer.timerAt(), analyzer.lastArrival() + evictAfterMillis);
        long quiet = analyzer.lastArrival() + quietAfter;
        return quiet > now && analyzer.isSteady() ? Math.min(due, quiet) : due;
    }

    private void setTimer(String deviceId, Camera camera, long due) {
        setCurrentKey(deviceId);
        if (camera.timerAt() != Camera.NO_TIMER) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, camera.timerAt());
        }
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
        camera.timerAt(due);
    }

    /**
     * Emits the end of a pause, and the pause itself if it was not emitted yet. A frame that
     * arrives behind the watermark shows that the pause was not real; its end is then dated no
     * earlier than the pause was. A frame from before the pause ends nothing.
     */
    private void emitPause(CameraFrame frame, Camera camera, long arrival) {
        long last = camera.analyzer().lastArrival();
        if (last < 0 || arrival <= last) {
            return;
        }
        long quiet = last + quietAfter;
        if (arrival >= quiet) {
            emitSilence(frame.deviceId(), camera, frame.position());
        }
        if (camera.isSilenceEmitted(last)) {
            emitLinkEvent(
                    new LinkEvent.Resumed(
                            frame.deviceId(), Math.max(arrival, quiet), frame.position()));
        }
    }

    private void emitSteadiness(CameraFrame frame, Camera camera, long arrival) {
        boolean steady = camera.analyzer().isSteady();
        if (camera.updateSteadiness(steady)) {
            emitLinkEvent(
                    new LinkEvent.SteadinessChanged(
                            frame.deviceId(), arrival, steady, frame.position()));
        }
    }

    private void emitSilence(String deviceId, Camera camera, RecordPosition position) {
        long last = camera.analyzer().lastArrival();
        if (camera.analyzer().isSteady() && camera.updateSilence(last)) {
            emitLinkEvent(new LinkEvent.WentQuiet(deviceId, last + quietAfter, last, position));
        }
    }

    private void emitLinkEvent(LinkEvent event) {
        hasEmitted = true;
        output.collect(LINKS, new StreamRecord<>(event));
    }

    private void observe(CameraAnalyzer watch, CameraFrame frame, Device device, long arrival) {
        List<Track> passed = scoresTrajectories ? watch.passed() : List.of();
        ActivityCounter.ActivityCount counted = scoresActivity ? watch.counted() : null;
        if (passed.isEmpty() && counted == null) {
            return;
        }
        Observation.CameraLocation location =
                Observation.CameraLocation.of(frame.deviceId(), device);
        for (int i = 0; i < passed.size(); i++) {
            observe(
                    completedTrack(
                            location,
                            frame.position(),
                            arrival,
                            passed.get(i),
                            watch.isExplained(passed.get(i))));
        }
        if (counted != null) {
            observe(
                    activity(
                            location,
                            frame.position(),
                            arrival,
                            counted,
                            ObjectClass.VEHICLE,
                            counted.vehicles()));
            observe(
                    activity(
                            location,
                            frame.position(),
                            arrival,
                            counted,
                            ObjectClass.PERSON,
                            counted.people()));
        }
    }

    private static ActivitySample activity(
            Observation.CameraLocation location,
            RecordPosition position,
            long arrival,
            ActivityCounter.ActivityCount counted,
            ObjectClass objectClass,
            float inView) {
        return new ActivitySample(
                location,
                arrival,
                counted.isSuppressed(),
                counted.startedAt(),
                objectClass,
                inView,
                position);
    }

    private static CompletedTrack completedTrack(
            Observation.CameraLocation location,
            RecordPosition position,
            long arrival,
            Track track,
            boolean explained) {
        return new CompletedTrack(
                location,
                arrival,
                explained,
                FrameContext.identityKey(track),
                track.firstTime(),
                List.copyOf(track.ids()),
                track.kind(),
                track.trajectory(),
                new CameraEvidence.ObjectBox(
                        track.id(),
                        track.kind().toEvidence(),
                        FrameContext.region(track),
                        track.lastTime()),
                position);
    }

    private void observe(Observation observation) {
        output.collect(OBSERVATIONS, new StreamRecord<>(observation));
    }

    private static String cause(RecordPosition position) {
        RecordAddress frame = position.in(Topics.CAMERA_FRAMES);
        return frame == null ? "timer" : "frame " + frame;
    }

    private void emit(
            List<EpisodeUpdate> all, String deviceId, Device device, RecordPosition position) {
        for (int i = 0; i < all.size(); i++) {
            EpisodeUpdate update = all.get(i);
            long now = getProcessingTimeService().getCurrentProcessingTime();
            Alert alert = composer.compose(update, deviceId, device, now);
            DecisionLog.emitted(LOG, alert, () -> cause(position), update.reason());
            if (update.status() == Alert.Status.NEW) {
                episodes.count(update.type());
                latency.update(now - update.causedAt());
            }
            if (update.type() == AlertType.CAMERA_SILENT) {
                emitLinkEvent(new LinkEvent.SilenceAlerted(alert, position));
            } else {
                hasEmitted = true;
                output.collect(new StreamRecord<>(alert));
            }
        }
    }
}
