package io.atalaya.bench.video;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.videoanalytics.camera.CameraAnalyzer;
import io.atalaya.videoanalytics.camera.CameraAnalyzerSettings;

import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What watches know of the film's scenes once they have been shown its first frames. Few cameras
 * and many can begin with it, each knowing its scene equally well, where a recording of as many
 * frames for both would show to each of many only a moment.
 */
public final class LearnedScenes {
    /** Frames until a scene is known: more than twenty minutes. The film goes on with this one. */
    public static final int FRAMES = 2_600;

    /** Those frames' time, ms. */
    static final long MILLIS = FRAMES * CityFilm.FRAME_MS;

    private static final int STATE_BYTES = 64 * 1024;

    private LearnedScenes() {}

    /**
     * A watch that knows it, as {@link CameraAnalyzer#writeWithin} writes it, for each scene.
     *
     * @param until when the last of the frames is over and the film goes on, epoch ms
     */
    public static List<byte[]> of(CityFilm film, CameraAnalyzerSettings settings, long until) {
        List<byte[]> watches = new ArrayList<>();
        for (int scene = 0; scene < film.scenes(); scene++) {
            watches.add(watch(film, scene, settings, until - MILLIS));
        }
        return List.copyOf(watches);
    }

    private static byte[] watch(
            CityFilm film, int scene, CameraAnalyzerSettings settings, long start) {
        CameraAnalyzer watch = new CameraAnalyzer(settings);
        try {
            for (int i = 0; i < FRAMES; i++) {
                long time = start + i * CityFilm.FRAME_MS;
                CameraFrame frame =
                        CameraFrameCodec.read(film.frame(scene, i, time, false).value());
                watch.onFrame(frame, time);
            }
            DataOutputSerializer out = new DataOutputSerializer(STATE_BYTES);
            watch.writeWithin(STATE_BYTES, out);
            return out.getCopyOfBuffer();
        } catch (InvalidRecordException | IOException e) {
            throw new IllegalStateException("a scene of the film's own", e);
        }
    }
}
