package io.atalaya.lab.evaluate.camera;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.simulator.recording.InputTopic;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What moved before cameras around some alerts: the ways of everything by its id, as places on the
 * ground in the picture's proportions.
 */
final class FilmedWays {
    /** Before and after an alert, ms: who else comes by. */
    private static final long AROUND = 5 * 60_000;

    /** Of most cameras; the drawing is true to it and not to the numbers in the frame. */
    private static final double ASPECT = 16.0 / 9;

    private final List<JudgedAlert> alerts;
    private final Map<String, List<JudgedAlert>> byCamera = new HashMap<>();
    private final Map<JudgedAlert, Map<String, List<double[]>>> flowModel = new HashMap<>();

    private FilmedWays(List<JudgedAlert> alerts) {
        this.alerts = alerts;
        for (JudgedAlert alert : alerts) {
            if (alert.alert().deviceId() != null) {
                byCamera.computeIfAbsent(alert.alert().deviceId(), id -> new ArrayList<>())
                        .add(alert);
                flowModel.put(alert, new LinkedHashMap<>());
            }
        }
    }

    /**
     * Reads the recording's frames once. Frames in a vendor's format are passed over: there is no
     * drawing of those cameras.
     *
     * @param alerts of which drawings are wanted
     */
    static FilmedWays around(List<JudgedAlert> alerts, Recording recording) {
        FilmedWays filmed = new FilmedWays(alerts);
        long last = alerts.stream().mapToLong(JudgedAlert::until).max().orElse(0) + AROUND;
        try (MergedRecords records = recording.open(EnumSet.of(InputTopic.CAMERA_FRAMES))) {
            TopicRecord record = records.next();
            while (record != null && record.timestamp() <= last + AROUND) {
                filmed.add(record);
                record = records.next();
            }
        }
        return filmed;
    }

    private void add(TopicRecord record) {
        List<JudgedAlert> wanted = byCamera.get(record.key());
        if (wanted == null || wanted.stream().noneMatch(each -> isAround(each, record))) {
            return;
        }
        CameraFrame frame;
        try {
            frame = CameraFrameCodec.read(record.value());
        } catch (InvalidRecordException e) {
            return;
        }
        for (JudgedAlert alert : wanted) {
            if (isAround(alert, record)) {
                for (DetectedObject object : frame.objects()) {
                    flowModel
                            .get(alert)
                            .computeIfAbsent(object.trackId(), id -> new ArrayList<>())
                            .add(
                                    new double[] {
                                        frame.time() / 1000.0,
                                        ASPECT * (object.x() + object.width() / 2),
                                        object.y() + object.height()
                                    });
                }
            }
        }
    }

    private static boolean isAround(JudgedAlert alert, TopicRecord record) {
        return record.timestamp() >= alert.alert().startedAt() - AROUND
                && record.timestamp() <= alert.until() + AROUND;
    }

    /** The ways of what an alert names; empty where nothing was filmed or it names nothing. */
    List<Trajectory> named(JudgedAlert alert) {
        return alert.alert().trackIds().stream()
                .map(id -> flowModel.getOrDefault(alert, Map.of()).get(id))
                .filter(way -> way != null)
                .map(FilmedWays::trajectory)
                .toList();
    }

    /** The ways of all that was there. */
    List<Trajectory> all(JudgedAlert alert) {
        return flowModel.getOrDefault(alert, Map.of()).values().stream()
                .map(FilmedWays::trajectory)
                .toList();
    }

    /** Those of which there may be drawings. */
    List<JudgedAlert> alerts() {
        return alerts;
    }

    private static Trajectory trajectory(List<double[]> places) {
        List<double[]> inOrder =
                places.stream().sorted((a, b) -> Double.compare(a[0], b[0])).toList();
        return new Trajectory(
                inOrder.stream().mapToDouble(p -> p[0]).toArray(),
                inOrder.stream().mapToDouble(p -> p[1]).toArray(),
                inOrder.stream().mapToDouble(p -> p[2]).toArray());
    }
}
