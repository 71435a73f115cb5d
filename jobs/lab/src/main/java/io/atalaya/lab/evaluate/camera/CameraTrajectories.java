package io.atalaya.lab.evaluate.camera;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.lab.evaluate.camera.CameraTruth.EvaluatedAlert;
import io.atalaya.lab.evaluate.input.GroundPoints;
import io.atalaya.simulator.recording.InputTopic;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Trajectories recorded by cameras around some alerts, by track id. Points are ground contact
 * points in the image's aspect ratio.
 */
final class CameraTrajectories {
    /** Margin before and after an alert in ms, which also covers bystanders. */
    private static final long AROUND = 5 * 60_000;

    /** Aspect ratio of most cameras; scales normalized coordinates to image proportions. */
    private static final double ASPECT = 16.0 / 9;

    private final Map<EvaluatedAlert, Map<String, List<double[]>>> points = new LinkedHashMap<>();

    /**
     * Reads the recording's frames once. Frames in a vendor format are skipped, so those cameras
     * have no drawing.
     *
     * @param alerts alerts to be drawn
     * @param recording null for no drawings
     */
    CameraTrajectories(List<EvaluatedAlert> alerts, Recording recording) {
        alerts.forEach(alert -> points.put(alert, new LinkedHashMap<>()));
        if (recording == null) {
            return;
        }
        long last = alerts.stream().mapToLong(EvaluatedAlert::endsAt).max().orElse(0) + 2 * AROUND;
        try (MergedRecords records = recording.open(EnumSet.of(InputTopic.CAMERA_FRAMES))) {
            TopicRecord record = records.next();
            while (record != null && record.timestamp() <= last) {
                add(record);
                record = records.next();
            }
        }
    }

    private void add(TopicRecord record) {
        List<EvaluatedAlert> around =
                points.keySet().stream().filter(alert -> isAround(alert, record)).toList();
        if (around.isEmpty()) {
            return;
        }
        CameraFrame frame;
        try {
            frame = CameraFrameCodec.read(record.value());
        } catch (InvalidRecordException e) {
            return;
        }
        for (EvaluatedAlert alert : around) {
            for (DetectedObject object : frame.objects()) {
                points.get(alert)
                        .computeIfAbsent(object.trackId(), id -> new ArrayList<>())
                        .add(GroundPoints.of(frame, object, ASPECT));
            }
        }
    }

    private static boolean isAround(EvaluatedAlert alert, TopicRecord record) {
        return alert.alert().deviceId() != null
                && alert.alert().deviceId().equals(record.key())
                && record.timestamp() >= alert.alert().startedAt() - AROUND
                && record.timestamp() <= alert.endsAt() + AROUND;
    }

    /** Trajectories of the tracks that an alert names, as far as they were recorded. */
    List<Trajectory> named(EvaluatedAlert alert) {
        return alert.alert().trackIds().stream()
                .map(points.get(alert)::get)
                .filter(Objects::nonNull)
                .map(GroundPoints::trajectory)
                .toList();
    }

    /** Trajectories of all tracks around the alert. */
    List<Trajectory> all(EvaluatedAlert alert) {
        return points.get(alert).values().stream().map(GroundPoints::trajectory).toList();
    }
}
