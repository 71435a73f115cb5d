package io.atalaya.lab.evaluate.tracks;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.simulator.recording.InputTopic;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.recording.RecordingException;
import io.atalaya.simulator.truth.GroundTruth.CameraAnomaly;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tracks in a camera recording: a scene per camera and a track per id of its tracker, as ground
 * contact points over time in seconds. Fragments of a lost track are not joined. With a {@code
 * truth.json} in the directory, tracks of unusual trajectories are labelled.
 */
final class FilmedTracks {
    /** Shorter tracks are dropped, as in the job. */
    private static final int FEWEST_POINTS = 5;

    private record Key(String deviceId, String trackId) {}

    private FilmedTracks() {}

    /**
     * The tracks in the order of their first detections.
     *
     * @throws UnreadableInputException if there is none, or a frame is not in the native format
     */
    static List<RecordedTrack> read(Path directory) {
        Map<Key, List<double[]>> places = new LinkedHashMap<>();
        try (MergedRecords records =
                Recording.in(directory).open(EnumSet.of(InputTopic.CAMERA_FRAMES))) {
            for (TopicRecord record = records.next(); record != null; record = records.next()) {
                add(CameraFrameCodec.read(record.value()), places);
            }
        } catch (InvalidRecordException | RecordingException e) {
            throw new UnreadableInputException(directory + ": camera-frames: " + e.getMessage(), e);
        }
        places.values().removeIf(way -> way.size() < FEWEST_POINTS);
        if (places.isEmpty()) {
            throw new UnreadableInputException(
                    directory + ": camera-frames: hold no track of " + FEWEST_POINTS + " points",
                    null);
        }
        Path truth = directory.resolve("truth.json");
        Set<Key> unusual = Files.exists(truth) ? unusual(truth) : null;
        return places.entrySet().stream()
                .map(
                        each ->
                                new RecordedTrack(
                                        each.getKey().deviceId(),
                                        each.getKey().trackId(),
                                        way(each.getValue()),
                                        unusual == null ? null : unusual.contains(each.getKey())))
                .toList();
    }

    private static void add(CameraFrame frame, Map<Key, List<double[]>> places) {
        for (DetectedObject object : frame.objects()) {
            places.computeIfAbsent(
                            new Key(frame.deviceId(), object.trackId()), key -> new ArrayList<>())
                    .add(
                            new double[] {
                                frame.time() / 1000.0,
                                object.x() + object.width() / 2,
                                object.y() + object.height()
                            });
        }
    }

    private static Set<Key> unusual(Path truth) {
        return InputFiles.truth(truth).cameraAnomalies().stream()
                .filter(each -> each.type().equals(AlertType.UNUSUAL_TRAJECTORY.wireName()))
                .flatMap(FilmedTracks::keys)
                .collect(Collectors.toSet());
    }

    private static Stream<Key> keys(CameraAnomaly anomaly) {
        return anomaly.trackIds().stream().map(id -> new Key(anomaly.deviceId(), id));
    }

    /** Sorts by time, because frames can be out of order. */
    private static Trajectory way(List<double[]> places) {
        List<double[]> inOrder =
                places.stream().sorted(Comparator.comparingDouble(each -> each[0])).toList();
        return new Trajectory(
                inOrder.stream().mapToDouble(each -> each[0]).toArray(),
                inOrder.stream().mapToDouble(each -> each[1]).toArray(),
                inOrder.stream().mapToDouble(each -> each[2]).toArray());
    }
}
