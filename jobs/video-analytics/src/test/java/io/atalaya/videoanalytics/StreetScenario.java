package io.atalaya.videoanalytics;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.Street;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Three streets with one camera each; in the second and third a vehicle stops. The scenario is cut
 * while both are stopped, so that its second part depends on state from the first. The golden
 * savepoint belongs to the first part: write it again when that changes.
 */
final class StreetScenario {
    /** Short warm-up, so that tests need few frames. */
    static final Map<String, String> SETTINGS =
            Map.of("scene.warm-up", "5 min", "scene.busy-warm-up", "5 min");

    private static final int FPS = 2;
    private static final double STOPS = 400;
    private static final double CUT = 460;
    private static final double END = 560;

    private StreetScenario() {}

    static List<TopicRecord> before() {
        List<TopicRecord> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Device device =
                    new Device(
                            camera(i),
                            Device.Kind.CAMERA,
                            i == 1 ? "ECATEPEC" : "TOLUCA",
                            null,
                            19.2,
                            -99.6,
                            null,
                            null,
                            2.0,
                            null);
            records.add(
                    new TopicRecord(
                            Topics.DEVICES,
                            Street.START - 1,
                            camera(i),
                            Device.CODEC.write(device)));
        }
        // Requested model versions are state, too.
        records.add(
                new TopicRecord(
                        Topics.MODEL_CONTROL,
                        Street.START - 1,
                        "trajectory",
                        ModelControl.CODEC.write(
                                new ModelControl(
                                        "trajectory", "1", null, "ana", null, Street.START))));
        records.addAll(film(0, CUT));
        return records;
    }

    static List<TopicRecord> after() {
        return film(CUT, END);
    }

    private static List<TopicRecord> film(double from, double until) {
        List<Arrived> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            boolean stops = i > 0;
            Street street =
                    new Street(5 + i, FPS)
                            .withTraffic(0, END)
                            .vehicle(
                                    s ->
                                            !stops || s < STOPS || s > STOPS + 100
                                                    ? null
                                                    : new double[] {5.4, 45});
            for (Arrived each : street.film(0, END)) {
                CameraFrame frame = each.frame();
                all.add(
                        new Arrived(
                                new CameraFrame(
                                        camera(i),
                                        frame.deviceTime(),
                                        frame.frameId(),
                                        frame.objects()),
                                each.at() + i));
            }
        }
        all.sort(Comparator.comparingLong(Arrived::at));
        return all.stream()
                .filter(each -> each.frame().deviceTime() >= Street.START + Math.round(1000 * from))
                .filter(each -> each.frame().deviceTime() < Street.START + Math.round(1000 * until))
                .map(each -> record(each.frame(), each.at()))
                .toList();
    }

    static TopicRecord record(CameraFrame frame, long arrival) {
        return new TopicRecord(
                Topics.CAMERA_FRAMES, arrival, frame.deviceId(), CameraFrameCodec.write(frame));
    }

    static String camera(int i) {
        return "CAM-" + i;
    }
}
