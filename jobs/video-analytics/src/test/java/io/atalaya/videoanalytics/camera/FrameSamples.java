package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.testutils.SerializerSample;

import java.util.List;
import java.util.stream.Stream;

/** Samples of frames, which are sent between operators only. */
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

    /** More types than a frame caches, and each of them twice. */
    private static final CameraFrame MANY_TYPES =
            new CameraFrame(
                    "CAM-1",
                    NOON,
                    9L,
                    Stream.of("Car", "Human", "Bus", "Dog", "Van", "Bag", "Cat", "Tram", "Boat")
                            .flatMap(type -> Stream.of(type, type))
                            .map(type -> new DetectedObject("1", type, 0.5, 0, 0.5, 0.25, 0.25))
                            .toList());

    private FrameSamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(
                        CameraFrame.class,
                        FRAME.from(new RecordPosition(3, 81_234)),
                        EMPTY_FRAME,
                        PART_OF_A_FRAME,
                        MANY_TYPES));
    }
}
