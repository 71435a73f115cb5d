package io.atalaya.lab.evaluate.tracks;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.lab.evaluate.input.GroundPoints;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.tracks.TrackScorer.RecordedTrack;
import io.atalaya.simulator.recording.InputTopic;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.recording.RecordingException;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
final class CameraTracks {
    /** Shorter tracks are dropped, as in the job. */
    private static final int MIN_POINTS = 5;

    private record Key(String deviceId, String trackId) {}

    private CameraTracks() {}

    /**
     * The tracks in the order of their first detections.
     *
     * @throws UnreadableInputException if there is none, or a frame is not in the native format
     */
    static List<RecordedTrack> read(Path directory) {
        Map<Key, List<double[]>> points = new LinkedHashMap<>();
        try (MergedRecords records =
                Recording.in(directory).open(EnumSet.of(InputTopic.CAMERA_FRAMES))) {
            for (TopicRecord record = records.next(); record != null; record = records.next()) {
                add(CameraFrameCodec.read(record.value()), points);
            }
        } catch (InvalidRecordException | RecordingException e) {
            throw new UnreadableInputException(directory + ": camera-frames: " + e.getMessage(), e);
        }
        points.values().removeIf(track -> track.size() < MIN_POINTS);
        if (points.isEmpty()) {
            throw new UnreadableInputException(
                    directory + ": camera-frames: hold no track of " + MIN_POINTS + " points",
                    null);
        }
        Path truth = directory.resolve("truth.json");
        Set<Key> unusual = Files.exists(truth) ? unusual(truth) : null;
        return points.entrySet().stream()
                .map(
                        each ->
                                new RecordedTrack(
                                        each.getKey().deviceId(),
                                        each.getKey().trackId(),
                                        GroundPoints.trajectory(each.getValue()),
                                        unusual == null ? null : unusual.contains(each.getKey())))
                .toList();
    }

    private static void add(CameraFrame frame, Map<Key, List<double[]>> points) {
        for (DetectedObject object : frame.objects()) {
            points.computeIfAbsent(
                            new Key(frame.deviceId(), object.trackId()), key -> new ArrayList<>())
                    .add(GroundPoints.of(frame, object, 1));
        }
    }

    private static Set<Key> unusual(Path truth) {
        return InputFiles.truth(truth).cameraEpisodes().stream()
                .filter(each -> each.type().equals(AlertType.UNUSUAL_TRAJECTORY.wireName()))
                .flatMap(CameraTracks::keys)
                .collect(Collectors.toSet());
    }

    private static Stream<Key> keys(CameraEpisode episode) {
        return episode.trackIds().stream().map(id -> new Key(episode.deviceId(), id));
    }
}
