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
 * Trajectories recorded by cameras around some alerts, by track id. Points are ground contact
 * points in the image's aspect ratio.
 */
final class FilmedWays {
    /** Margin before and after an alert in ms, which also covers bystanders. */
    private static final long AROUND = 5 * 60_000;

    /** Aspect ratio of most cameras; scales normalized coordinates to image proportions. */
    private static final double ASPECT = 16.0 / 9;

    private final List<JudgedAlert> alerts;
    private final Map<String, List<JudgedAlert>> byCamera = new HashMap<>();
    private final Map<JudgedAlert, Map<String, List<double[]>>> trajectories = new HashMap<>();

    private FilmedWays(List<JudgedAlert> alerts) {
        this.alerts = alerts;
        for (JudgedAlert alert : alerts) {
            if (alert.alert().deviceId() != null) {
                byCamera.computeIfAbsent(alert.alert().deviceId(), id -> new ArrayList<>())
                        .add(alert);
                trajectories.put(alert, new LinkedHashMap<>());
            }
        }
    }

    /**
     * Reads the recording's frames once. Frames in a vendor format are skipped, so those cameras
     * have no drawing.
     *
     * @param alerts alerts to be drawn
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
                    trajectories
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

    /**
     * Trajectories of the tracks that an alert names; empty if they were not recorded or it names
     * no track.
     */
    List<Trajectory> named(JudgedAlert alert) {
        return alert.alert().trackIds().stream()
                .map(id -> trajectories.getOrDefault(alert, Map.of()).get(id))
                .filter(way -> way != null)
                .map(FilmedWays::trajectory)
                .toList();
    }

    /** Trajectories of all tracks around the alert. */
    List<Trajectory> all(JudgedAlert alert) {
        return trajectories.getOrDefault(alert, Map.of()).values().stream()
                .map(FilmedWays::trajectory)
                .toList();
    }

    /** The alerts that can be drawn. */
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
