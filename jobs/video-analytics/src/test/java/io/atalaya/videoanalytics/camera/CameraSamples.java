package io.atalaya.videoanalytics.camera;

import io.atalaya.testutils.SerializerSample;

import java.util.List;

/** Samples for the serializers of camera state. */
public final class CameraSamples {
    private static final long NOON = 1_772_539_200_000L;

    private CameraSamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(
                        CameraState.class,
                        new CameraState(Camera.NO_TIMER, Camera.NOT_EMITTED, new byte[0]),
                        new CameraState(NOON, NOON - 20_000, new byte[] {1, -1, 0})));
    }
}
