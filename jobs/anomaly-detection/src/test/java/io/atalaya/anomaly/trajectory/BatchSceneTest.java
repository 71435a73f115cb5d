package io.atalaya.anomaly.trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BatchSceneTest {
    private static final int DIMENSIONS = 6;

    /** Random trajectories. The network is left out: the embedding is the first of the features. */
    private static float[] features(Random random) {
        float[] features = new float[TrackFeatures.WIDTH];
        int lane = random.nextInt(4);
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (Math.sin(lane + 0.2 * i) + 0.1 * random.nextGaussian());
        }
        return features;
    }

    /**
     * The order of tracks has no meaning, because in a recording the times of each track may start
     * at zero.
     */
    @Property(tries = 50)
    void scoresDoNotDependOnTheOrder(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int tracks) {
        Random random = new Random(seed);
        List<float[]> features =
                IntStream.range(0, tracks).mapToObj(i -> features(random)).toList();
        List<Integer> order = new ArrayList<>(IntStream.range(0, tracks).boxed().toList());
        Collections.shuffle(order, random);

        double[] scores = scores(features);
        double[] shuffled = scores(order.stream().map(features::get).toList());

        for (int i = 0; i < tracks; i++) {
            assertThat(shuffled[i]).isCloseTo(scores[order.get(i)], within(1e-3));
        }
    }

    /** By their nearest neighbours alone, which are each other, all would be typical. */
    @Test
    void rareTrajectoryScoresHighInSpiteOfSimilarTracks() {
        double[] scores = scores(400, 10);
        double highest = Arrays.stream(scores, 10, 400).max().orElseThrow();

        for (int i = 0; i < 10; i++) {
            assertThat(scores[i]).as("track %d", i).isGreaterThan(highest);
        }
    }

    /** Although their share of all tracks is as small. */
    @Test
    void frequentTrajectoryIsTypicalInLongRecordings() {
        double[] scores = scores(6_000, 150);
        double highest = Arrays.stream(scores, 150, 6_000).max().orElseThrow();

        assertThat(Arrays.stream(scores, 0, 150).average().orElseThrow()).isLessThan(highest / 2);
    }

    /** Their embeddings give no evidence, and the three are alike. */
    @Test
    void trajectoryOfAnotherFormScoresHigh() {
        Random random = new Random(12);
        List<float[]> features = new ArrayList<>();
        List<float[]> places = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            features.add(trajectory(i < 3 ? 0.3f : 0, random));
            float[] place = new float[DIMENSIONS];
            for (int k = 0; k < place.length; k++) {
                place[k] = (float) random.nextGaussian();
            }
            places.add(place);
        }

        double[] scores = BatchScene.scores(features, places);

        double typical = Arrays.stream(scores, 3, 400).average().orElseThrow();
        for (int i = 0; i < 3; i++) {
            assertThat(scores[i]).as("track %d", i).isGreaterThan(typical + 1);
        }
    }

    /** Straight from any position, or bent to one side. */
    private static float[] trajectory(float bend, Random random) {
        float[] features = new float[TrackFeatures.WIDTH];
        float beside = (float) random.nextGaussian();
        for (int i = 0; i < TrackFeatures.POINTS; i++) {
            float along = i / (TrackFeatures.POINTS - 1f);
            int at = 2 * (TrackFeatures.POINTS + i);
            features[at] = along + 0.005f * (float) random.nextGaussian();
            features[at + 1] =
                    beside + bend * along * along + 0.005f * (float) random.nextGaussian();
        }
        return features;
    }

    /**
     * Scores of two common trajectories, and a third one that the first {@code others} tracks take.
     */
    private static double[] scores(int tracks, int others) {
        Random random = new Random(11);
        List<float[]> places = new ArrayList<>();
        for (int i = 0; i < tracks; i++) {
            float[] place = new float[DIMENSIONS];
            for (int k = 0; k < place.length; k++) {
                place[k] = (i < others ? 2 : i % 2) + 0.1f * (float) random.nextGaussian();
            }
            places.add(place);
        }
        return BatchScene.scores(withoutWeaving(tracks), places);
    }

    private static List<float[]> withoutWeaving(int tracks) {
        return Collections.nCopies(tracks, new float[TrackFeatures.WIDTH]);
    }

    private static double[] scores(List<float[]> features) {
        return BatchScene.scores(
                features, features.stream().map(each -> Arrays.copyOf(each, DIMENSIONS)).toList());
    }
}
