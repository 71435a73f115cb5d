package io.atalaya.cli.evaluate.tracks;

import io.atalaya.anomaly.track.SceneDensity;
import io.atalaya.anomaly.track.SceneFrame;
import io.atalaya.anomaly.track.TrackEmbedding;
import io.atalaya.anomaly.track.TrackFeatures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scores the tracks of a recording, each against the other tracks of its scene: in the order of
 * time, as a job does, and once more against all of them.
 */
final class TrackScorer {
    /** Tracks of a scene before one can be judged in the order of time. */
    private static final int FIRST = 30;

    private final TrackEmbedding embedding;

    TrackScorer(TrackEmbedding embedding) {
        this.embedding = embedding;
    }

    /** The tracks, scene by scene, in the order of their ends. */
    List<ScoredTrack> score(List<RecordedTrack> tracks) {
        Map<String, List<RecordedTrack>> scenes =
                tracks.stream()
                        .collect(
                                Collectors.groupingBy(
                                        RecordedTrack::sceneId,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        return scenes.values().stream().flatMap(scene -> scoreScene(scene).stream()).toList();
    }

    private List<ScoredTrack> scoreScene(List<RecordedTrack> scene) {
        List<RecordedTrack> tracks =
                scene.stream().sorted(Comparator.comparingDouble(RecordedTrack::end)).toList();
        SceneFrame frame = SceneFrame.of(tracks.stream().map(RecordedTrack::way).toList());
        List<float[]> vectors =
                embedding.of(tracks.stream().map(t -> TrackFeatures.of(t.way(), frame)).toList());
        SceneDensity streaming = SceneDensity.ofCamera(vectors.get(0).length);
        SceneDensity whole = SceneDensity.ofRecording(vectors.get(0).length);
        double[] inTimeOrder = new double[tracks.size()];
        for (int i = 0; i < tracks.size(); i++) {
            inTimeOrder[i] = streaming.score(vectors.get(i));
            streaming.learn(vectors.get(i));
            whole.learn(vectors.get(i));
        }
        double[] scores = vectors.stream().mapToDouble(whole::scoreAmongOthers).toArray();
        standardise(scores, 0);
        standardise(inTimeOrder, FIRST);
        List<ScoredTrack> scored = new ArrayList<>();
        for (int i = 0; i < tracks.size(); i++) {
            scored.add(
                    new ScoredTrack(tracks.get(i), scores[i], i < FIRST ? null : inTimeOrder[i]));
        }
        return scored;
    }

    /** So that the scores of all scenes can be ranked together. */
    private static void standardise(double[] scores, int from) {
        if (from >= scores.length) {
            return;
        }
        double median = median(Arrays.copyOfRange(scores, from, scores.length));
        double deviation =
                median(
                        Arrays.stream(scores, from, scores.length)
                                .map(score -> Math.abs(score - median))
                                .toArray());
        for (int i = from; i < scores.length; i++) {
            scores[i] = (scores[i] - median) / Math.max(deviation, 1e-6);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
