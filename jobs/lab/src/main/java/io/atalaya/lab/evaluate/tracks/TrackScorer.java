package io.atalaya.lab.evaluate.tracks;

import io.atalaya.anomaly.trajectory.BatchScene;
import io.atalaya.anomaly.trajectory.SceneFrame;
import io.atalaya.anomaly.trajectory.TrackEmbedding;
import io.atalaya.anomaly.trajectory.TrackFeatures;
import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.anomaly.trajectory.TrajectoryModel;
import io.atalaya.anomaly.trajectory.View;
import io.atalaya.lab.evaluate.score.Verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
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
    private final Set<Baseline> baselines;

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
     * @param score how rare it is in its scene, in all views; the ranking uses it
     * @param inTimeOrder the same against only the tracks that ended earlier; null for the first
     *     ones of a scene
     * @param views how unusual it is in each view alone; the scale differs by scene
     * @param baselines scores of the baselines
     */
    record ScoredTrack(
            RecordedTrack track,
            double score,
            Double inTimeOrder,
            Map<View, Double> views,
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

    /**
     * @param baselines whose scores are wanted too; they take most of the time
     */
    TrackScorer(TrackEmbedding embedding, Set<Baseline> baselines) {
        this.embedding = embedding;
        this.baselines = baselines;
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
        Map<Baseline, double[]> others = new EnumMap<>(Baseline.class);
        for (Baseline baseline : baselines) {
            others.put(baseline, baseline.scores(features));
        }
        BatchScene batch = new BatchScene(features, places);
        Map<View, double[]> views = new EnumMap<>(View.class);
        for (View view : View.values()) {
            views.put(view, batch.of(view));
        }
        double[] scores = batch.scores();
        TrajectoryModel camera = new TrajectoryModel(places.get(0).length);
        List<ScoredTrack> scored = new ArrayList<>();
        for (int i = 0; i < tracks.size(); i++) {
            OptionalDouble inTimeOrder = camera.observe(features.get(i), places.get(i));
            scored.add(
                    new ScoredTrack(
                            tracks.get(i),
                            scores[i],
                            inTimeOrder.isPresent() ? inTimeOrder.getAsDouble() : null,
                            of(views, i, View.class),
                            of(others, i, Baseline.class)));
        }
        return scored;
    }

    private static <K extends Enum<K>> Map<K, Double> of(
            Map<K, double[]> all, int track, Class<K> type) {
        Map<K, Double> scores = new EnumMap<>(type);
        all.forEach((each, of) -> scores.put(each, of[track]));
        return scores;
    }
}
