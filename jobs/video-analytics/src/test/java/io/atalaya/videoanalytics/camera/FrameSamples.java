package io.atalaya.videoanalytics.camera;

import io.atalaya.camera.CameraFrame;
import io.atalaya.camera.CameraFrameFormat;
import io.atalaya.camera.DetectedObject;
import io.atalaya.videoanalytics.FormatSample;

import java.util.List;

/** Samples of frames, which are on edges only. */
public final class FrameSamples {
    private static final long NOON = 1_772_539_200_000L;

    private static final CameraFrame FRAME =
            new CameraFrame(
                    "CAM-1",
                    NOON,
                    7L,
                    List.of(new DetectedObject("12", "Car", 0.75, 0.25, 0.5, 0.125, 0.0625)));

    private static final CameraFrame EMPTY_FRAME = new CameraFrame("CAM-1", NOON, null, List.of());

    private static final CameraFrame PART_OF_A_FRAME =
            new CameraFrame(
                    "CAM-1",
                    NOON,
                    8L,
                    List.of(new DetectedObject("12", "Unknown", 1, 0.25, 0.5, 0.125, 0.0625, true)),
                    true,
                    List.of("11"));

    private FrameSamples() {}

    public static List<FormatSample<?>> samples() {
        return List.of(
                FormatSample.of(CameraFrameFormat.INSTANCE, FRAME, EMPTY_FRAME)
                        .then(List.of(FRAME, EMPTY_FRAME, PART_OF_A_FRAME)));
    }
}
