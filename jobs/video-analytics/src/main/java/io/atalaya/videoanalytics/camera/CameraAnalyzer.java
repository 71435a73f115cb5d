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
import io.atalaya.videoanalytics.track.Tracks;

import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The watch over one camera: frames in, news of incidents out. It learns the scene from what it
 * sees and needs no configuration. Deterministic: the same frames and times in the same order make
 * the same news. Not thread-safe.
 */
public final class CameraAnalyzer {
    private static final float FEW_SLOW = 2;

    /** What has stood for so long, ms, is no traffic. */
    private static final long LONG_STAY = 5 * 60_000;

    /**
     * A thing that was seen less often, or went less far, may be no thing: fractions of the
     * picture.
     */
    private static final int LEAST_SIGHTINGS = 5;

    private static final double LEAST_WAY = 0.05;

    /** After a longer gap, what is seen is not what was seen before it. */
    private static final long NEW_START_MILLIS = 60_000;

    private final List<Detector> detectors;
    private FrameAssembler parts = new FrameAssembler();
    private IdleObjects idle = new IdleObjects();
    private CameraClock clock = new CameraClock();
    private Tracks tracks;
    private SceneModel scene;
    private Episodes episodes;
    private FrameCounts counts = new FrameCounts();
    private ZoneState zoneState = new ZoneState();
    private SilenceDetector silence;
    private FrozenStreamDetector freeze;
    private SceneChangeDetector fit;
    private StreamConsistencyChecker sanity;
    private ActivityCounter counting = new ActivityCounter();
    private TrajectoryLengths lengths = new TrajectoryLengths();

    /** What passed, a bit each, of what the last frame ended: see {@link Tracks#finished}. */
    private long passed;

    private ActivityCounter.Counted counted;

    public CameraAnalyzer(CameraAnalyzerSettings settings) {
        this(settings, detectors(settings));
    }

    /**
     * One of many cameras of which thousands take turns: what they have in common stays in the
     * processor's cache.
     *
     * @param detectors made by {@link #detectors} of the same settings
     */
    CameraAnalyzer(CameraAnalyzerSettings settings, List<Detector> detectors) {
        this.detectors = detectors;
        tracks = new Tracks(settings.tracks());
        scene = new SceneModel(settings.scene(), settings.tracks().aspect());
        silence = new SilenceDetector(settings.silence());
        freeze = new FrozenStreamDetector(settings.freeze());
        fit = new SceneChangeDetector(settings.fit());
        sanity = new StreamConsistencyChecker(settings.sanity());
        episodes = new Episodes(settings.off());
    }

    /** All detectors; they keep nothing of a camera. */
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

    /** What somebody drew in the picture; it may change at any time and is no part of the state. */
    public void draw(List<Zone> zones) {
        zoneState.draw(zones, tracks);
    }

    /**
     * Takes in one frame of this camera, or a part of one: parts are joined here, and what stands
     * still and is not sent for that is added.
     *
     * @param arrival the record's timestamp, epoch ms; frames come in any order of their own times
     * @return what people are to be told, mostly nothing
     */
    public List<EpisodeUpdate> onFrame(CameraFrame sent, long arrival) {
        long sentTime = CameraClock.timeOf(sent.time(), arrival);
        arrive(sent, sentTime, arrival);
        sanity.onFrame(clock.isBackwards(sentTime) || clock.isStill(sentTime, arrival));
        CameraFrame whole = parts.add(sent);
        if (whole == null) {
            return episodes.takeNews();
        }
        CameraFrame frame = whole.at(CameraClock.timeOf(whole.time(), arrival));
        long time = frame.time();
        if (!clock.isNew(time)) {
            idle.end(frame);
            sanity.judge(time, clock.live(), episodes);
            return episodes.takeNews();
        }
        sanity.onBoxes(frame.objects());
        boolean repeats = freeze.onFrame(frame, episodes);
        if (clock.hasJumped() || clock.gap(time) > NEW_START_MILLIS) {
            tracks.clear();
        }
        if (clock.hasJumped()) {
            idle.clear();
        }
        // Also of a frame that repeats: what it says to be idle or gone is said only once.
        List<DetectedObject> objects = idle.complete(frame);
        clock.advance(time, arrival, !repeats);
        if (!repeats) {
            look(objects, time);
        }
        return episodes.takeNews();
    }

    /**
     * A frame came that cannot be worked on: it tells nevertheless that the camera sends.
     *
     * @return what people are to be told
     */
    public List<EpisodeUpdate> onMissed(CameraFrame sent, long arrival) {
        arrive(sent, CameraClock.timeOf(sent.time(), arrival), arrival);
        return episodes.takeNews();
    }

    private void arrive(CameraFrame sent, long sentTime, long arrival) {
        passed = 0;
        counted = null;
        for (long due = timer(); due <= arrival; due = timer()) {
            passTo(due);
        }
        episodes.at(arrival);
        silence.onFrame(arrival, sentTime, sent.frameId(), episodes);
    }

    private void look(List<DetectedObject> objects, long time) {
        tracks.see(objects, time, clock.live());
        sanity.onIds(tracks.continued(), tracks.recycled(), episodes);
        if (!sanity.judge(time, clock.live(), episodes)) {
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
            fit.relearned(view);
        }
        counts.update(view);
        if (fit.look(view)) {
            scene.relearn();
        }
        view.judge(scene.isWarm() && !fit.isDoubtful());
        for (int i = 0; i < detectors.size(); i++) {
            detectors.get(i).look(view);
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

    /** Whether people are told of something that changes how many are in view, and their ways. */
    private boolean isBusy() {
        return episodes.first(AlertType.CROWD) != null
                || episodes.first(AlertType.CONGESTION) != null
                || episodes.first(AlertType.STOPPED_VEHICLE) != null;
    }

    /**
     * The same, or the picture may be another one. That nothing at all is in view explains nothing.
     */
    private boolean isExplained() {
        Episode moved = episodes.first(AlertType.CAMERA_MOVED);
        return isBusy() || fit.isDoubtful() || moved != null && moved.more() == 0;
    }

    /** Vehicles alone: people go where they like, and their ways would be the rarest everywhere. */
    private boolean isPassage(Track track) {
        return track.kind() == ObjectClass.VEHICLE
                && track.sightings() >= LEAST_SIGHTINGS
                && track.hasWholeWay()
                && track.reach() >= LEAST_WAY
                && !lengths.isPiece(track.length());
    }

    /** What has stood there for long is part of the street. */
    private static int passing(List<Track> seen) {
        int passing = 0;
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).standing() < LONG_STAY) {
                passing++;
            }
        }
        return passing;
    }

    /** Vehicles that went through the picture and are gone, as of the last frame. */
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

    /** Whether people were told of such a thing, or of something that explains its way. */
    public boolean isExplained(Track track) {
        return track.detectorState().emitted || isExplained();
    }

    /**
     * The activity of a span that the last frame ended, if enough was seen of that; mostly null.
     */
    ActivityCounter.Counted counted() {
        return counted;
    }

    /**
     * The arrival clock has come to that time with no frame of this camera.
     *
     * @return what people are to be told
     */
    public List<EpisodeUpdate> onTime(long arrival) {
        passTo(arrival);
        return episodes.takeNews();
    }

    private void passTo(long arrival) {
        episodes.at(arrival);
        silence.onTime(arrival, episodes);
    }

    /**
     * The camera is forgotten at that time: nobody waits for it any more.
     *
     * @return the ends of what was open
     */
    public List<EpisodeUpdate> onForgotten(long arrival) {
        episodes.at(arrival);
        episodes.endAll();
        return episodes.takeNews();
    }

    /** Frames have come until then of which this state knows nothing. */
    void resume(long arrival) {
        silence.resume(arrival);
    }

    /**
     * Takes over from a watch that fails: of that only the silence of the camera is known on.
     *
     * @return the ends of what was open there
     */
    List<EpisodeUpdate> succeed(CameraAnalyzer last, long arrival) {
        silence = last.silence;
        last.episodes.handOver(AlertType.CAMERA_SILENT, episodes);
        return last.onForgotten(arrival);
    }

    /** When the last frame arrived, epoch ms; -1 before the first. */
    public long lastArrival() {
        return silence.lastArrival();
    }

    /** Whether the camera sends without long pauses. */
    public boolean isSteady() {
        return silence.isSteady();
    }

    /**
     * When {@link #onTime} is wanted if no frame comes before, or {@link SilenceDetector#NEVER}.
     */
    public long timer() {
        return silence.timer(episodes);
    }

    /**
     * Writes the whole state. Were it larger than that, the watch forgets of what it follows and
     * waits for until it is not: only a source that sends nonsense comes there.
     *
     * @param to which holds it, and nothing else, after it
     */
    public void writeWithin(int bytes, DataOutputSerializer to) throws IOException {
        to.clear();
        write(to);
        while (to.length() > bytes) {
            int before = to.length();
            parts = new FrameAssembler();
            idle.clear();
            tracks.shed();
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
        parts.write(out);
        idle.write(out);
        clock.write(out);
        tracks.write(out);
        scene.write(out);
        episodes.write(out);
        counts.write(out);
        silence.write(out);
        freeze.write(out);
        fit.write(out);
        sanity.write(out);
        zoneState.write(out);
        counting.write(out);
        lengths.write(out);
    }

    /** Reads what {@link #writeWithin} wrote. */
    public static CameraAnalyzer read(
            CameraAnalyzerSettings settings, List<Detector> detectors, DataInput in)
            throws IOException {
        CameraAnalyzer watch = new CameraAnalyzer(settings, detectors);
        watch.parts = FrameAssembler.read(in);
        watch.idle = IdleObjects.read(in);
        watch.clock = CameraClock.read(in);
        watch.tracks = Tracks.read(settings.tracks(), in);
        watch.scene = SceneModel.read(settings.scene(), settings.tracks().aspect(), in);
        watch.episodes = Episodes.read(settings.off(), in);
        watch.counts = FrameCounts.read(in);
        watch.silence = SilenceDetector.read(settings.silence(), in);
        watch.freeze = FrozenStreamDetector.read(settings.freeze(), in);
        watch.fit = SceneChangeDetector.read(settings.fit(), in);
        watch.sanity = StreamConsistencyChecker.read(settings.sanity(), in);
        watch.zoneState = ZoneState.read(in);
        watch.counting = ActivityCounter.read(in);
        watch.lengths = TrajectoryLengths.read(in);
        return watch;
    }
}
