package io.atalaya.lab.evaluate.tracks;

import io.atalaya.anomaly.trajectory.BatchScene;
import io.atalaya.anomaly.trajectory.SceneFrame;
import io.atalaya.anomaly.trajectory.TrackEmbedding;
import io.atalaya.anomaly.trajectory.TrackFeatures;
import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.anomaly.trajectory.TrajectoryModel;
import io.atalaya.anomaly.trajectory.Weaving;
import io.atalaya.lab.evaluate.score.Verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Scores the tracks of a recording against the other tracks of their scene: once in time order, as
 * a job does, and once against all of them.
 */
final class TrackScorer {
    /**
     * Ends with the track id, so that the result does not depend on the order of rows if all tracks
     * start at the same time.
     */
    private static final Comparator<RecordedTrack> ORDER =
            Comparator.comparingDouble(RecordedTrack::end)
                    .thenComparing(RecordedTrack::begin)
                    .thenComparing(RecordedTrack::trackId);

    private final TrackEmbedding embedding;

    /**
     * A track of a recording.
     *
     * @param isUnusual its label; null if it has none
     */
    record RecordedTrack(String sceneId, String trackId, Trajectory trajectory, Boolean isUnusual) {
        /** Time of the first point. */
        double begin() {
            return trajectory.t()[0];
        }

        /** Time of the last point, at which it can be scored. */
        double end() {
            return trajectory.t()[trajectory.size() - 1];
        }
    }

    /**
     * A track and how unusual it is in its scene.
     *
     * @param score in robust deviations of the scene's scores, 0 at the median; the ranking uses it
     * @param inTimeOrder the same against only the tracks that ended earlier; null for the first
     *     ones of a scene
     * @param baselines scores of the baselines
     */
    record ScoredTrack(
            RecordedTrack track,
            double score,
            Double inTimeOrder,
            Map<Baseline, Double> baselines) {
        boolean isLabelled(boolean unusual) {
            return verdict() == (unusual ? Verdict.RIGHT : Verdict.FALSE);
        }

        /** The verdict on an alert about it; a track without a label counts neither way. */
        Verdict verdict() {
            return track.isUnusual() == null
                    ? Verdict.EXCUSED
                    : track.isUnusual() ? Verdict.RIGHT : Verdict.FALSE;
        }
    }

    TrackScorer(TrackEmbedding embedding) {
        this.embedding = embedding;
    }

    /** The scored tracks, scene by scene, in the order of their ends. */
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
        List<RecordedTrack> tracks = scene.stream().sorted(ORDER).toList();
        SceneFrame frame = SceneFrame.of(tracks.stream().map(RecordedTrack::trajectory).toList());
        List<float[]> features =
                tracks.stream().map(track -> TrackFeatures.of(track.trajectory(), frame)).toList();
        List<float[]> places = embedding.of(features);
        Map<Baseline, double[]> baselines = new EnumMap<>(Baseline.class);
        for (Baseline baseline : Baseline.values()) {
            baselines.put(baseline, baseline.scores(features));
        }
        double[] scores = BatchScene.scores(features, places);
        TrajectoryModel camera = new TrajectoryModel(places.get(0).length);
        List<ScoredTrack> scored = new ArrayList<>();
        for (int i = 0; i < tracks.size(); i++) {
            OptionalDouble inTimeOrder = camera.observe(places.get(i), Weaving.of(features.get(i)));
            scored.add(
                    new ScoredTrack(
                            tracks.get(i),
                            scores[i],
                            inTimeOrder.isPresent() ? inTimeOrder.getAsDouble() : null,
                            of(baselines, i)));
        }
        return scored;
    }

    private static Map<Baseline, Double> of(Map<Baseline, double[]> baselines, int track) {
        Map<Baseline, Double> scores = new EnumMap<>(Baseline.class);
        baselines.forEach((baseline, all) -> scores.put(baseline, all[track]));
        return scores;
    }
}
