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
 * State of camera analyzers that have learned the film's scenes from its first frames. Few or many
 * cameras can start with it, each with an equally learned scene, whereas a recording with equally
 * many frames for both would show each of many cameras only a moment.
 */
public final class LearnedScenes {
    /**
     * Frames until a scene is learned: more than twenty minutes. The film continues with this
     * frame.
     */
    public static final int FRAMES = 2_600;

    /** Duration of those frames, ms. */
    static final long MILLIS = FRAMES * CityFilm.FRAME_MS;

    private static final int STATE_BYTES = 64 * 1024;

    private LearnedScenes() {}

    /**
     * For each scene an analyzer that has learned it, as written by {@link
     * CameraAnalyzer#writeWithin}.
     *
     * @param until end of the frames, at which the film continues, epoch ms
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
