package io.atalaya.videoanalytics.camera;

import io.atalaya.testutils.FormatSample;

import java.util.List;

/** Samples of the formats of cameras' state. */
public final class CameraSamples {
    private static final long NOON = 1_772_539_200_000L;

    private CameraSamples() {}

    public static List<FormatSample<?>> samples() {
        return List.of(
                FormatSample.of(
                        CameraStateFormat.INSTANCE,
                        new CameraState(Camera.NO_TIMER, Camera.NOT_TOLD, new byte[0]),
                        new CameraState(NOON, NOON - 20_000, new byte[] {1, -1, 0})));
    }
}
