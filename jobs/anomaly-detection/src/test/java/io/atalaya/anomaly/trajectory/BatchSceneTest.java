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

    /** By their nearest neighbours, which are each other, all would be typical. */
    @Test
    void trajectoriesOfAnotherFormScoreHighThoughTheyAreAlike() {
        List<float[]> features = straight(400);
        for (int i = 0; i < 3; i++) {
            add(features.get(i), 0.3, 2);
        }

        double[] scores = scores(features);

        assertThat(highest(scores, 3)).isLessThan(Arrays.stream(scores, 0, 3).min().orElseThrow());
    }

    /** A vehicle that weaves over the lanes is at every moment where others are too. */
    @Test
    void oneStretchUnlikeAllOthersIsEnough() {
        List<float[]> features = straight(400);
        float[] weaves = features.get(0);
        for (int i = 8; i < 12; i++) {
            weaves[TrackFeatures.ALONG + 2 * i + 1] += i % 2 == 0 ? 0.2f : -0.2f;
        }

        BatchScene scene = scene(features);

        double[] stretches = scene.of(View.STRETCH);
        assertThat(stretches[0]).isGreaterThan(highest(stretches, 1));
        assertThat(scene.scores()[0]).isGreaterThan(highest(scene.scores(), 1));
    }

    @Test
    void eachViewSeesWhatItIsFor() {
        List<float[]> features = straight(400);
        add(features.get(0), 3, 0);
        BatchScene scene = scene(features);

        assertThat(rank(scene.of(View.STRETCH))).isZero();
        assertThat(rank(scene.of(View.FORM))).isGreaterThan(20);
    }

    /** Each is near the other, but not near any track of the group that the other is not in. */
    @Test
    void twoAlikeDoNotHideEachOtherAmongMany() {
        List<float[]> features = straight(1_000);
        features.set(1, features.get(0).clone());
        features.get(0)[TrackFeatures.ALONG + 17] += 5;
        features.get(1)[TrackFeatures.ALONG + 17] += 5.02f;

        assertThat(rank(scene(features).of(View.STRETCH))).isLessThanOrEqualTo(1);
    }

    /** Number of tracks above the first one. */
    private static long rank(double[] values) {
        return Arrays.stream(values).filter(each -> each > values[0]).count();
    }

    private static double highest(double[] scores, int from) {
        return Arrays.stream(scores, from, scores.length).max().orElseThrow();
    }

    /** Straight from anywhere on one side to the other. */
    private static List<float[]> straight(int tracks) {
        Random random = new Random(12);
        List<float[]> features = new ArrayList<>();
        for (int i = 0; i < tracks; i++) {
            float[] track = new float[TrackFeatures.WIDTH];
            float beside = (float) random.nextGaussian();
            for (int k = 0; k < TrackFeatures.POINTS; k++) {
                int at = TrackFeatures.ALONG + 2 * k;
                track[at] = k / 15f + 0.005f * (float) random.nextGaussian();
                track[at + 1] = beside + 0.005f * (float) random.nextGaussian();
            }
            features.add(track);
        }
        return features;
    }

    /** Moves the places along a track aside, the more the later. */
    private static void add(float[] track, double aside, int power) {
        for (int k = 0; k < TrackFeatures.POINTS; k++) {
            track[TrackFeatures.ALONG + 2 * k + 1] += (float) (aside * Math.pow(k / 15.0, power));
        }
    }

    private static BatchScene scene(List<float[]> features) {
        return new BatchScene(
                features, features.stream().map(each -> Arrays.copyOf(each, DIMENSIONS)).toList());
    }

    private static double[] scores(List<float[]> features) {
        return scene(features).scores();
    }
}
