package io.atalaya.videoanalytics.camera;

import io.atalaya.alert.Alert;
import io.atalaya.alert.AlertType;
import io.atalaya.camera.CameraFrame;
import io.atalaya.device.Device;
import io.atalaya.device.DeviceChange;
import io.atalaya.device.DeviceHistory;
import io.atalaya.metrics.LatencyHistogram;
import io.atalaya.videoanalytics.anomaly.Activity;
import io.atalaya.videoanalytics.anomaly.CameraLocation;
import io.atalaya.videoanalytics.anomaly.ModelKind;
import io.atalaya.videoanalytics.anomaly.Observation;
import io.atalaya.videoanalytics.anomaly.ObservationFormat;
import io.atalaya.videoanalytics.anomaly.Passage;
import io.atalaya.videoanalytics.detect.View;
import io.atalaya.videoanalytics.incident.AlertComposer;
import io.atalaya.videoanalytics.incident.IncidentNews;
import io.atalaya.videoanalytics.metrics.IncidentCounters;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;
import io.atalaya.videoanalytics.outage.LinkNews;
import io.atalaya.videoanalytics.outage.LinkNewsFormat;
import io.atalaya.videoanalytics.track.ObjectKind;
import io.atalaya.videoanalytics.track.Track;

import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

import java.util.List;

/**
 * A {@link CameraWatch} for each camera: in come its frames, whose event time is their arrival, and
 * its registrations; out go alerts, and on the side what is known of its link and what models
 * judge.
 *
 * <p>One event-time timer a camera, set for the first thing that is due should no frame come, and
 * one a removal from the register: there are as many registrations as the register has cameras, and
 * no more. When no frame comes from any camera the clock stands still; that is noticed behind, by
 * the wall clock.
 */
public final class CameraOperator extends AbstractStreamOperator<Alert>
        implements TwoInputStreamOperator<CameraFrame, DeviceChange, Alert>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    /** Pauses and silence of cameras, of which many at once have one cause. */
    public static final OutputTag<LinkNews> LINKS =
            new OutputTag<>("links", LinkNewsFormat.INSTANCE.typeInfo());

    /** What models judge: things that are gone, and how much went on. */
    public static final OutputTag<Observation> OBSERVATIONS =
            new OutputTag<>("observations", ObservationFormat.INSTANCE.typeInfo());

    private final CameraRules rules;
    private final long forgetAfter;
    private final long quietAfter;

    private transient CameraCache cameras;
    private transient AlertComposer composer;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Counter frames;
    private transient Counter objects;
    private transient Counter unregistered;
    private transient Counter forgotten;
    private transient IncidentCounters incidents;
    private transient LatencyHistogram latency;

    /** Whether anybody is to hear what models find: otherwise none is asked. */
    private transient boolean waysAreJudged;

    private transient boolean activityIsJudged;

    public CameraOperator(CameraRules rules) {
        this.rules = rules;
        forgetAfter = rules.forgetAfter().toMillis();
        quietAfter = rules.quietAfter().toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        cameras =
                new CameraCache(
                        rules.watch(),
                        rules.cached(),
                        getKeyedStateBackend(),
                        context.getKeyedStateStore());
    }

    @Override
    public void open() throws Exception {
        super.open();
        composer = new AlertComposer(rules.policy());
        waysAreJudged = ModelKind.TRAJECTORY.isTold(rules.policy());
        activityIsJudged = ModelKind.SCENE_ACTIVITY.isTold(rules.policy());
        timers = getInternalTimerService("cameras", VoidNamespaceSerializer.INSTANCE, this);
        frames = VideoAnalyticsMetrics.FRAMES.countIn(getMetricGroup());
        objects = VideoAnalyticsMetrics.OBJECTS.countIn(getMetricGroup());
        unregistered = VideoAnalyticsMetrics.UNREGISTERED.countIn(getMetricGroup());
        forgotten = VideoAnalyticsMetrics.FORGOTTEN.countIn(getMetricGroup());
        incidents = new IncidentCounters(getMetricGroup(), VideoAnalyticsMetrics.BY_RULES);
        latency = VideoAnalyticsMetrics.ARRIVAL_TO_ALERT.measureIn(getMetricGroup());
        VideoAnalyticsMetrics.CACHED_CAMERAS.showIn(getMetricGroup(), cameras::size);
        VideoAnalyticsMetrics.CAMERA_LOADS.showIn(getMetricGroup(), cameras::loads);
        VideoAnalyticsMetrics.STATE_BYTES_WRITTEN.showIn(getMetricGroup(), cameras::bytesWritten);
        VideoAnalyticsMetrics.LARGEST_CAMERA.showIn(getMetricGroup(), cameras::largest);
    }

    /** A frame of a camera that is at hand touches no state: it sets the key where it does. */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord element) {}

    @Override
    public void processElement1(StreamRecord<CameraFrame> element) throws Exception {
        CameraFrame frame = element.getValue();
        long arrival = element.getTimestamp();
        frames.inc();
        objects.inc(frame.objects().size());
        Camera camera = cameras.of(frame.deviceId());
        Device device = camera.deviceAt(arrival);
        if (device == null) {
            unregistered.inc();
        }
        tellPause(frame.deviceId(), camera, arrival);
        emit(camera.watch().onFrame(frame, arrival), frame.deviceId(), device);
        observe(camera.watch(), frame.deviceId(), device, arrival);
        boolean steady = camera.watch().isSteady();
        if (camera.isNewsThatSteady(steady)) {
            tell(new LinkNews.Steady(frame.deviceId(), arrival, steady));
        }
        schedule(frame.deviceId(), camera, arrival);
    }

    /** What is no camera is left out: registrations of arches and buttons are no state of ours. */
    @Override
    public void processElement2(StreamRecord<DeviceChange> element) throws Exception {
        DeviceChange change = element.getValue();
        DeviceHistory before = cameras.registrations();
        if (before == null && !isCamera(change.device())) {
            return;
        }
        DeviceHistory known =
                DeviceHistory.with(
                        before, new DeviceHistory.Registration(change.arrival(), change.device()));
        cameras.register(change.deviceId(), known);
        if (known.isRemoved()) {
            // Its last frames may be read later. One that never sends has no other timer.
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, change.arrival() + forgetAfter);
        }
    }

    private static boolean isCamera(Device device) {
        return device != null
                && (device.kind() == Device.Kind.CAMERA || device.kind() == Device.Kind.DRONE);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        String deviceId = timer.getKey();
        long now = timer.getTimestamp();
        Camera camera = cameras.known(deviceId);
        if (camera == null) {
            cameras.forgetRemoved();
            return;
        }
        if (now != camera.timer()) {
            // A removal's: of this camera something has come, and it has a timer of its own.
            return;
        }
        camera.timer(Camera.NO_TIMER);
        CameraWatch watch = camera.watch();
        Device device = camera.deviceAt(now);
        if (now >= watch.lastArrival() + quietAfter) {
            tellQuiet(deviceId, camera);
        }
        if (now >= watch.timer()) {
            emit(watch.onTime(now), deviceId, device);
        }
        if (now >= watch.lastArrival() + forgetAfter) {
            emit(watch.onForgotten(now), deviceId, device);
            tell(new LinkNews.Steady(deviceId, now, false));
            cameras.forget(deviceId);
            forgotten.inc();
        } else {
            schedule(deviceId, camera, now);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("cameras set no processing-time timers");
    }

    /** State is written back while records and timers cannot come between it and the snapshot. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        cameras.flush();
    }

    /** Sets the camera's timer, if what is due comes before it. */
    private void schedule(String deviceId, Camera camera, long now) {
        CameraWatch watch = camera.watch();
        long due = Math.min(watch.timer(), watch.lastArrival() + forgetAfter);
        long quiet = watch.lastArrival() + quietAfter;
        if (quiet > now && watch.isSteady()) {
            due = Math.min(due, quiet);
        }
        // A late timer would be missed; an early one only looks, and is set anew.
        if (due < camera.timer()) {
            setCurrentKey(deviceId);
            if (camera.timer() != Camera.NO_TIMER) {
                timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, camera.timer());
            }
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
            camera.timer(due);
        }
    }

    /**
     * A frame ends a pause, which may have been told of or not. One that comes behind the clock
     * ends one that was none, and is heard no sooner than that was told. One from before the pause
     * ends nothing.
     */
    private void tellPause(String deviceId, Camera camera, long arrival) {
        long last = camera.watch().lastArrival();
        if (last < 0 || arrival <= last) {
            return;
        }
        long quiet = last + quietAfter;
        if (arrival >= quiet) {
            tellQuiet(deviceId, camera);
        }
        if (camera.isToldQuiet(last)) {
            tell(new LinkNews.Heard(deviceId, Math.max(arrival, quiet)));
        }
    }

    private void tellQuiet(String deviceId, Camera camera) {
        long last = camera.watch().lastArrival();
        if (camera.watch().isSteady() && camera.isNewsThatQuiet(last)) {
            tell(new LinkNews.Quiet(deviceId, last + quietAfter, last));
        }
    }

    private void tell(LinkNews news) {
        output.collect(LINKS, new StreamRecord<>(news));
    }

    private void observe(CameraWatch watch, String deviceId, Device device, long arrival) {
        List<Track> passed = waysAreJudged ? watch.passed() : List.of();
        ActivityCount.Counted counted = activityIsJudged ? watch.counted() : null;
        if (passed.isEmpty() && counted == null) {
            return;
        }
        CameraLocation location = CameraLocation.of(deviceId, device);
        for (int i = 0; i < passed.size(); i++) {
            observe(passage(location, arrival, passed.get(i), watch.isExplained(passed.get(i))));
        }
        if (counted != null) {
            observe(activity(location, arrival, counted, ObjectKind.VEHICLE, counted.vehicles()));
            observe(activity(location, arrival, counted, ObjectKind.PERSON, counted.people()));
        }
    }

    private static Activity activity(
            CameraLocation location,
            long arrival,
            ActivityCount.Counted counted,
            ObjectKind thing,
            float inView) {
        return new Activity(location, arrival, counted.explained(), counted.time(), thing, inView);
    }

    private static Passage passage(
            CameraLocation location, long arrival, Track track, boolean explained) {
        return new Passage(
                location,
                arrival,
                explained,
                View.anchor(track),
                track.firstTime(),
                List.copyOf(track.ids()),
                track.kind(),
                track.way());
    }

    private void observe(Observation observation) {
        output.collect(OBSERVATIONS, new StreamRecord<>(observation));
    }

    private void emit(List<IncidentNews> all, String deviceId, Device device) {
        for (int i = 0; i < all.size(); i++) {
            IncidentNews news = all.get(i);
            long now = getProcessingTimeService().getCurrentProcessingTime();
            Alert alert = composer.compose(news, deviceId, device, now);
            if (news.status() == Alert.Status.NEW) {
                incidents.count(news.type());
                latency.update(now - news.at());
            }
            if (news.type() == AlertType.CAMERA_SILENT) {
                tell(new LinkNews.Silence(alert));
            } else {
                output.collect(new StreamRecord<>(alert));
            }
        }
    }
}
