package io.atalaya.videoanalytics.camera;

import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * Keyed state of a camera.
 *
 * @param timer the registered event-time timer, or {@link Camera#NO_TIMER}
 * @param silenceEmittedAt arrival time of the last frame before the silence last emitted, or {@link
 *     Camera#NOT_EMITTED}
 * @param watch analyzer state as written by {@link CameraAnalyzer#writeWithin}
 */
public record CameraState(long timer, long silenceEmittedAt, byte[] watch) {

    /** The keyed state of the cameras in {@link CameraOperator}. */
    public static ValueStateDescriptor<CameraState> descriptor() {
        return new ValueStateDescriptor<>("camera", BinaryTypeInfo.of(CameraState.class));
    }

    /** State of a camera with only an analyzer: no timer is set, no silence was emitted. */
    public static CameraState of(byte[] watch) {
        return new CameraState(Camera.NO_TIMER, Camera.NOT_EMITTED, watch);
    }
}
