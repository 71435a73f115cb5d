package io.atalaya.videoanalytics;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.device.Device;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.testutils.GoldenSerializers;
import io.atalaya.testutils.SerializerSample;
import io.atalaya.videoanalytics.anomaly.AnomalySamples;
import io.atalaya.videoanalytics.anomaly.ModelSamples;
import io.atalaya.videoanalytics.camera.CameraSamples;
import io.atalaya.videoanalytics.camera.FrameSamples;
import io.atalaya.videoanalytics.outage.OutageSamples;

import java.util.List;
import java.util.stream.Stream;

class SerializersGoldenTest extends GoldenSerializers {
    SerializersGoldenTest() {
        super(
                "jobs/video-analytics",
                all(),
                type ->
                        type == CameraFrame.class
                                || type.getName().startsWith("io.atalaya.videoanalytics"));
    }

    static List<SerializerSample<?>> all() {
        return Stream.of(
                        CameraSamples.samples(),
                        OutageSamples.samples(),
                        FrameSamples.samples(),
                        AnomalySamples.samples(),
                        ModelSamples.samples())
                .<SerializerSample<?>>flatMap(List::stream)
                .toList();
    }

    /**
     * The serializers that a savepoint contains; Flink's async operator keeps its records there.
     */
    static List<String> savepointFormats() {
        Device camera =
                new Device(
                        "CAM-1",
                        Device.Kind.CAMERA,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        return lines(
                Stream.concat(
                        all().stream(),
                        Stream.of(
                                SerializerSample.of(
                                        DeviceHistory.class,
                                        new DeviceHistory(
                                                List.of(
                                                        new DeviceHistory.Registration(
                                                                0, camera)))),
                                ModelSamples.ofRequests(),
                                OutageSamples.ofAlerts())));
    }
}
