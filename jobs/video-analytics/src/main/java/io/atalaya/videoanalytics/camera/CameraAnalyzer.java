package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.detector.AbandonedObjects;
import io.atalaya.videoanalytics.detector.Congestion;
import io.atalaya.videoanalytics.detector.Crowd;
import io.atalaya.videoanalytics.detector.Detector;
import io.atalaya.videoanalytics.detector.FrameContext;
import io.atalaya.videoanalytics.detector.FrameCounts;
import io.atalaya.videoanalytics.detector.LineCrossing;
import io.atalaya.videoanalytics.detector.Loitering;
import io.atalaya.videoanalytics.detector.StoppedVehicles;
import io.atalaya.videoanalytics.detector.UnusualSpeed;
import io.atalaya.videoanalytics.detector.WrongWay;
import io.atalaya.videoanalytics.detector.ZoneIntrusion;
import io.atalaya.videoanalytics.detector.ZoneState;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;
import io.atalaya.videoanalytics.episode.Episodes;
import io.atalaya.videoanalytics.scene.SceneModel;
import io.atalaya.videoanalytics.streamhealth.FrozenStreamDetector;
import io.atalaya.videoanalytics.streamhealth.SceneChangeDetector;
import io.atalaya.videoanalytics.streamhealth.SilenceDetector;
import io.atalaya.videoanalytics.streamhealth.StreamConsistencyChecker;
import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackManager;

import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All detection logic of one camera: frames in, episode updates out. It learns the scene from the
 * frames and needs no configuration. It is deterministic: the same frames and times in the same
 * order give the same updates. Not thread-safe.
 */
public final class CameraAnalyzer {
    /** Of the layout of its bytes in state, which no serializer describes. */
    private static final byte VERSION = 1;

    private static final float FEW_SLOW = 2;

    /** Objects that have been stationary for longer, ms, are not traffic. */
    private static final long LONG_STAY = 5 * 60_000;

    /**
     * A track with fewer detections, or a smaller extent in fractions of the image, may be a false
     * detection.
     */
    private static final int MIN_DETECTIONS = 5;

    private static final double MIN_EXTENT = 0.05;

    /** After a longer gap, in ms, objects are not matched with those before it. */
    private static final long NEW_START_MILLIS = 60_000;

    /** Episodes about the scene end if nothing is seen of it for this time, ms. */
    private static final long UNSEEN_MILLIS = 15 * 60_000;

    private final List<Detector> detectors;
    private FrameAssembler parts = new FrameAssembler();
    private IdleObjects idle = new IdleObjects();
    private CameraClock clock = new CameraClock();
    private TrackManager tracks;
    private SceneModel scene;
    private Episodes episodes;
    private FrameCounts counts = new FrameCounts();
    private ZoneState zoneState = new ZoneState();
    private SilenceDetector silence;
    private FrozenStreamDetector frozenStream;
    private SceneChangeDetector sceneChange;
    private StreamConsistencyChecker consistency;
    private ActivityCounter counting = new ActivityCounter();
    private TrajectoryLengths lengths = new TrajectoryLengths();

    /**
     * Bit set of the tracks in {@link TrackManager#finished} that count as passages in the last
     * frame.
     */
    private long passed;

    private ActivityCounter.ActivityCount counted;

    public CameraAnalyzer(CameraAnalyzerSettings settings) {
        this(settings, detectors(settings));
    }

    /**
     * Creates one of many analyzers. They share the detectors, so that these stay in the
     * processor's cache while thousands of cameras take turns.
     *
     * @param detectors created by {@link #detectors} from the same settings
     */
    CameraAnalyzer(CameraAnalyzerSettings settings, List<Detector> detectors) {
        this.detectors = detectors;
        tracks = new TrackManager(settings.tracks());
        scene = new SceneModel(settings.scene(), settings.tracks().aspect());
        silence = new SilenceDetector(settings.silence());
        frozenStream = new FrozenStreamDetector(settings.frozenStream());
        sceneChange = new SceneChangeDetector(settings.sceneChange());
        consistency = new StreamConsistencyChecker(settings.consistency());
        episodes = new Episodes(settings.off());
    }

    /** All detectors; they hold no state of a camera. */
    public static List<Detector> detectors(CameraAnalyzerSettings settings) {
        return List.of(
                new Congestion(settings.congestion()),
                new StoppedVehicles(settings.stopped()),
                new WrongWay(settings.wrongWay()),
                new UnusualSpeed(settings.speed()),
                new Crowd(settings.crowd()),
                new Loitering(settings.loitering()),
                new AbandonedObjects(settings.abandoned()),
                new ZoneIntrusion(settings.zone()),
                new LineCrossing(settings.line()));
    }

    /** Sets the zones of the camera; they may change at any time and are not part of the state. */
    public void draw(List<Zone> zones) {
        zoneState.draw(zones, tracks);
    }

    /**
     * Processes one frame of this camera or a part of one. It joins the parts and adds stationary
     * objects that the camera has stopped sending.
     *
     * @param arrival the record's Kafka timestamp, epoch ms; device times may be in any order
     * @return updates to emit, usually empty
     */
    public List<EpisodeUpdate> onFrame(CameraFrame sent, long arrival) {
        long sentTime = CameraClock.timeOf(sent.deviceTime(), arrival);
        arrive(sent, sentTime, arrival);
        consistency.onFrame(clock.isBackwards(sentTime) || clock.isStill(sentTime, arrival));
        CameraFrame whole = parts.add(sent);
        if (whole == null) {
            return episodes.drainUpdates();
        }
        CameraFrame frame = whole.at(CameraClock.timeOf(whole.deviceTime(), arrival));
        long time = frame.deviceTime();
        if (!clock.isNew(time)) {
            idle.end(frame);
            consistency.check(time, clock.live(), episodes);
            if (clock.sinceNew(arrival) >= UNSEEN_MILLIS) {
                endUnseen(Long.MAX_VALUE, "no new frames arrive");
            }
            return episodes.drainUpdates();
        }
        consistency.onBoxes(frame.objects());
        long frozen = frozenStream.frozenMillis(episodes);
        boolean repeats = frozenStream.onFrame(frame, episodes);
        if (clock.hasJumped()
                || clock.gap(time) > NEW_START_MILLIS
                || !repeats && frozen > NEW_START_MILLIS) {
            tracks.clear();
        }
        if (clock.hasJumped()) {
            idle.clear();
        }
        // Repeated frames are included because a camera reports only once that an object is idle or
        // gone.
        List<DetectedObject> objects = idle.complete(frame);
        clock.advance(time, arrival, !repeats);
        if (repeats) {
            endUnseen(time - UNSEEN_MILLIS, "the image is frozen");
        } else {
            detect(objects, time);
        }
        return episodes.drainUpdates();
    }

    /**
     * Notes the arrival of a frame that cannot be processed, because it still shows that the camera
     * sends.
     *
     * @return updates to emit
     */
    public List<EpisodeUpdate> onMissed(CameraFrame sent, long arrival) {
        arrive(sent, CameraClock.timeOf(sent.deviceTime(), arrival), arrival);
        return episodes.drainUpdates();
    }

    private void arrive(CameraFrame sent, long sentTime, long arrival) {
        passed = 0;
        counted = null;
        for (long due = timerAt(); due <= arrival; due = timerAt()) {
            advanceTo(due);
        }
        episodes.at(arrival);
        silence.onFrame(arrival, sentTime, sent.frameId(), episodes);
    }

    private void detect(List<DetectedObject> objects, long time) {
        tracks.update(objects, time, clock.live());
        consistency.onIds(tracks.continued(), tracks.reusedIds(), episodes);
        if (!consistency.check(time, clock.live(), episodes)) {
            endUnseen(time - UNSEEN_MILLIS, "the stream is inconsistent");
            return;
        }
        boolean wasWarm = scene.isWarm();
        scene.observe(
                tracks,
                time,
                clock.live(),
                counts.slow() < FEW_SLOW && episodes.first(AlertType.CONGESTION) == null);
        FrameContext view =
                new FrameContext(
                        tracks,
                        scene,
                        episodes,
                        counts,
                        zoneState.zones(),
                        time,
                        clock.live(),
                        clock.step());
        if (!wasWarm && scene.isWarm()) {
            sceneChange.relearned(view);
        }
        counts.update(view);
        if (sceneChange.detect(view)) {
            scene.relearn();
        }
        view.enableAnomalies(
                scene.isWarm() && !sceneChange.isDoubtful(),
                scene.isWarm() && !sceneChange.isDoubtfulWithoutOne());
        for (int i = 0; i < detectors.size(); i++) {
            detectors.get(i).detect(view);
        }
        counts.learn(view, isBusy());
        List<Track> finished = tracks.finished();
        for (int i = 0; i < finished.size(); i++) {
            if (isPassage(finished.get(i))) {
                passed |= 1L << i;
            }
        }
        counted =
                counting.add(
                        time,
                        clock.step(),
                        passing(view.vehicles()),
                        passing(view.people()),
                        isExplained());
    }

    /** The objects may still be there, so they are alerted again when they are seen again. */
    private void endUnseen(long time, String reason) {
        if (episodes.endUnseen(time, reason)) {
            tracks.forgetAlerts();
        }
    }

    /** Whether an open episode changes the number of objects in view and their trajectories. */
    private boolean isBusy() {
        return episodes.first(AlertType.CROWD) != null
                || episodes.first(AlertType.CONGESTION) != null
                || episodes.first(AlertType.STOPPED_VEHICLE) != null;
    }

    /** As {@link #isBusy}, or the view may have changed. An empty view explains nothing. */
    private boolean isExplained() {
        Episode moved = episodes.first(AlertType.CAMERA_MOVED);
        return isBusy() || sceneChange.isDoubtful() || moved != null && moved.more() == 0;
    }

    /**
     * Vehicles only, because people move freely and their trajectories would be the rarest
     * everywhere.
     */
    private boolean isPassage(Track track) {
        return track.kind() == ObjectClass.VEHICLE
                && track.detectionCount() >= MIN_DETECTIONS
                && track.hasWholeTrajectory()
                && track.reach() >= MIN_EXTENT
                && !lengths.isFragment(track.length());
    }

    /** Counts the objects that move; an object that is stationary for long is part of the scene. */
    private static int passing(List<Track> seen) {
        int passing = 0;
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).stationaryMillis() < LONG_STAY) {
                passing++;
            }
        }
        return passing;
    }

    /** Vehicles that crossed the view and whose tracks ended in the last frame. */
    public List<Track> passed() {
        if (passed == 0) {
            return List.of();
        }
        List<Track> all = new ArrayList<>();
        for (int i = 0; i < tracks.finished().size(); i++) {
            if ((passed & 1L << i) != 0) {
                all.add(tracks.finished().get(i));
            }
        }
        return all;
    }

    /**
     * Whether an episode was emitted for this track, or an open episode explains its trajectory.
     */
    public boolean isExplained(Track track) {
        return track.detectorState().isInEmittedEpisode || isExplained();
    }

    /**
     * Activity of the interval that the last frame completed, if enough was observed; otherwise
     * null.
     */
    ActivityCounter.ActivityCount counted() {
        return counted;
    }

    /**
     * Advances to a watermark, epoch ms, without a frame of this camera.
     *
     * @return updates to emit
     */
    public List<EpisodeUpdate> onTime(long arrival) {
        advanceTo(arrival);
        return episodes.drainUpdates();
    }

    private void advanceTo(long arrival) {
        episodes.at(arrival);
        boolean wasAny = episodes.isAnyAboutScene();
        silence.onTime(arrival, episodes);
        if (wasAny && !episodes.isAnyAboutScene()) {
            tracks.forgetAlerts();
        }
    }

    /**
     * Ends all open episodes at this arrival time, because the camera's state is evicted.
     *
     * @return the ends of open episodes
     */
    public List<EpisodeUpdate> onEvicted(long arrival) {
        episodes.at(arrival);
        episodes.endAll("the camera is no longer analyzed or its state was replaced");
        return episodes.drainUpdates();
    }

    /** Notes that frames arrived until this arrival time whose content this state lacks. */
    void resume(long arrival) {
        silence.resume(arrival);
    }

    /**
     * Takes over from an analyzer that fails. Only the silence of the camera is kept.
     *
     * @return the ends of the other episodes that were open there
     */
    List<EpisodeUpdate> succeed(CameraAnalyzer last, long arrival) {
        silence = last.silence;
        last.episodes.handOver(AlertType.CAMERA_SILENT, episodes);
        return last.onEvicted(arrival);
    }

    /** Arrival time of the last frame, epoch ms; -1 before the first. */
    public long lastArrival() {
        return silence.lastArrival();
    }

    /** Whether the camera sends without long pauses. */
    public boolean isSteady() {
        return silence.isSteady();
    }

    /**
     * Watermark at which {@link #onTime} is due if no frame comes before, or {@link
     * SilenceDetector#NEVER}.
     */
    public long timerAt() {
        return silence.timerAt(episodes);
    }

    /**
     * Writes the whole state. If it exceeds the limit, partial frames, idle objects and tracks are
     * evicted until it fits; this happens only if a source sends invalid data.
     *
     * @param bytes upper limit of the state
     * @param to buffer that is cleared first and then holds exactly the state
     */
    public void writeWithin(int bytes, DataOutputSerializer to) throws IOException {
        to.clear();
        write(to);
        while (to.length() > bytes) {
            int before = to.length();
            parts = new FrameAssembler();
            idle.clear();
            tracks.evict();
            to.clear();
            write(to);
            if (to.length() >= before) {
                throw new IllegalStateException(
                        "state of a camera: got "
                                + before
                                + " bytes without what can be shed, expected at most "
                                + bytes);
            }
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        parts.write(out);
        idle.write(out);
        clock.write(out);
        tracks.write(out);
        scene.write(out);
        episodes.write(out);
        counts.write(out);
        silence.write(out);
        frozenStream.write(out);
        sceneChange.write(out);
        consistency.write(out);
        zoneState.write(out);
        counting.write(out);
        lengths.write(out);
    }

    /**
     * Reads what {@link #writeWithin} wrote.
     *
     * @throws IOException if the bytes have another layout
     */
    public static CameraAnalyzer read(
            CameraAnalyzerSettings settings, List<Detector> detectors, DataInput in)
            throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "state of a camera: got version %d, expected %d".formatted(version, VERSION));
        }
        CameraAnalyzer watch = new CameraAnalyzer(settings, detectors);
        watch.parts = FrameAssembler.read(in);
        watch.idle = IdleObjects.read(in);
        watch.clock = CameraClock.read(in);
        watch.tracks = TrackManager.read(settings.tracks(), in);
        watch.scene = SceneModel.read(settings.scene(), settings.tracks().aspect(), in);
        watch.episodes = Episodes.read(settings.off(), in);
        watch.counts = FrameCounts.read(in);
        watch.silence = SilenceDetector.read(settings.silence(), in);
        watch.frozenStream = FrozenStreamDetector.read(settings.frozenStream(), in);
        watch.sceneChange = SceneChangeDetector.read(settings.sceneChange(), in);
        watch.consistency = StreamConsistencyChecker.read(settings.consistency(), in);
        watch.zoneState = ZoneState.read(in);
        watch.counting = ActivityCounter.read(in);
        watch.lengths = TrajectoryLengths.read(in);
        return watch;
    }
}
