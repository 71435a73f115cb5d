package io.atalaya.bench.kernel;

import io.atalaya.bench.video.CityFilm;
import io.atalaya.bench.video.LearnedScenes;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.videoanalytics.camera.CameraAnalyzer;
import io.atalaya.videoanalytics.camera.CameraAnalyzerSettings;
import io.atalaya.videoanalytics.detector.Detector;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Time of the camera analysis per frame, with few or many cameras in turn. All of them have learned
 * their scenes equally well, which a recording with equally many frames for few and many cameras
 * cannot give. The difference is the share of their state in the processor's cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CameraBench {
    /** Number of frames per camera, after which the state is reset to the just learned scenes. */
    private static final int SHOWN = 256;

    private static final long START = 1_700_000_000_000L;

    /** Number of cameras in turn. */
    @Param({"100", "20000"})
    private int cameras;

    private final CameraAnalyzerSettings settings = CameraAnalyzerSettings.DEFAULT;
    private final List<Detector> detectors = CameraAnalyzer.detectors(settings);
    private final List<Scene> scenes = new ArrayList<>();
    private final List<CameraAnalyzer> watches = new ArrayList<>();
    private int camera;
    private int number;

    /** State of an analyzer that has learned its scene, and the frames that follow. */
    private record Scene(byte[] watch, List<CameraFrame> frames) {}

    /** Learns each scene once. */
    @Setup
    public void setUp() throws IOException, InvalidRecordException {
        CityFilm film = new CityFilm(CityFilm.SCENES, 1);
        List<byte[]> learned = LearnedScenes.of(film, settings, START);
        for (int scene = 0; scene < CityFilm.SCENES; scene++) {
            List<CameraFrame> frames = new ArrayList<>();
            for (int i = 0; i < SHOWN; i++) {
                frames.add(frame(film, scene, i));
            }
            scenes.add(new Scene(learned.get(scene), frames));
        }
        begin();
    }

    private static CameraFrame frame(CityFilm film, int scene, int i)
            throws InvalidRecordException {
        long time = START + i * CityFilm.FRAME_MS;
        return CameraFrameCodec.read(
                film.frame(scene, LearnedScenes.FRAMES + i, time, false).value());
    }

    private void begin() throws IOException {
        camera = 0;
        number = 0;
        watches.clear();
        for (int i = 0; i < cameras; i++) {
            Scene scene = scenes.get(i % CityFilm.SCENES);
            watches.add(
                    CameraAnalyzer.read(
                            settings, detectors, new DataInputDeserializer(scene.watch())));
        }
    }

    /** Analyzes the next camera's next frame. */
    @Benchmark
    public List<EpisodeUpdate> frame() throws IOException {
        CameraFrame frame = scenes.get(camera % CityFilm.SCENES).frames().get(number);
        List<EpisodeUpdate> updates = watches.get(camera).onFrame(frame, frame.deviceTime());
        if (++camera == cameras) {
            camera = 0;
            if (++number == SHOWN) {
                begin();
            }
        }
        return updates;
    }
}
