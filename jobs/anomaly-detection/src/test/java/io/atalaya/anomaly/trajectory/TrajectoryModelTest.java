package io.atalaya.anomaly.trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrajectoryModelTest {
    private static final int DIMENSIONS = 6;

    /**
     * Vehicles on a few lanes. The network is left out: the embedding is the first of the features.
     */
    private static float[] features(Random random, int lanes) {
        float[] features = new float[TrackFeatures.WIDTH];
        int lane = random.nextInt(lanes);
        double late = 0.05 * random.nextGaussian();
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (Math.sin(lane + 0.2 * i + late) + 0.01 * random.nextGaussian());
        }
        return features;
    }

    private static OptionalDouble observe(TrajectoryModel model, float[] features) {
        return model.observe(features, Arrays.copyOf(features, DIMENSIONS));
    }

    @Property(tries = 30)
    void continuesFromItsBytes(@ForAll long seed, @ForAll @IntRange(max = 500) int before) {
        Random random = new Random(seed);
        TrajectoryModel one = new TrajectoryModel(DIMENSIONS);
        for (int i = 0; i < before; i++) {
            observe(one, features(random, 3));
        }
        TrajectoryModel other = new TrajectoryModel(DIMENSIONS);
        other.restore(
                TrajectoryModelBytes.read(
                        TrajectoryModelBytes.write(one.state(), DIMENSIONS), DIMENSIONS));
        for (int i = 0; i < 40; i++) {
            float[] features = features(random, 3);
            assertThat(observe(other, features)).isEqualTo(observe(one, features));
        }
        assertThat(other.trackCount()).isEqualTo(one.trackCount()).isEqualTo(before + 40L);
    }

    @Test
    void hasNoScoreDuringTheWarmUp() {
        Random random = new Random(3);
        TrajectoryModel model = new TrajectoryModel(DIMENSIONS);
        for (int i = 0; i < TrajectoryModel.WARM_UP; i++) {
            assertThat(observe(model, features(random, 3))).isEmpty();
        }
        assertThat(observe(model, features(random, 3)).orElseThrow()).isFinite();
    }

    @Test
    void newTrajectoryScoresHighUntilItIsDriven() {
        Random random = new Random(4);
        TrajectoryModel model = new TrajectoryModel(DIMENSIONS);
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 400; i++) {
            OptionalDouble score = observe(model, features(random, 2));
            if (i > 200) {
                highest = Math.max(highest, score.orElseThrow());
            }
        }
        float[] other = features(random, 1);
        for (int i = 0; i < other.length; i++) {
            other[i] = -other[i] + 0.5f;
        }
        double first = observe(model, other).orElseThrow();
        assertThat(first).isGreaterThan(highest + 2);
        double last = first;
        for (int i = 0; i < 60; i++) {
            last = observe(model, other).orElseThrow();
        }
        assertThat(last).isLessThan(first / 2);
    }

    @Test
    void forgetsUnusedTrajectories() {
        Random random = new Random(5);
        TrajectoryModel model = new TrajectoryModel(DIMENSIONS);
        float[] closed = new float[TrackFeatures.WIDTH];
        for (int i = 0; i < 300; i++) {
            observe(model, i % 3 == 0 ? closed : features(random, 2));
        }
        double before = observe(model, closed).orElseThrow();
        for (int i = 0; i < 15_000; i++) {
            observe(model, features(random, 2));
        }
        assertThat(model.state().sample())
                .filteredOn(
                        track -> Arrays.equals(track, new float[TrackFeatures.ALONG + DIMENSIONS]))
                .hasSizeLessThan(5);
        assertThat(observe(model, closed).orElseThrow()).isGreaterThan(before + 10);
    }

    @Test
    void stateOfACameraIsBounded() {
        Random random = new Random(6);
        TrajectoryModel model = new TrajectoryModel(24);
        for (int i = 0; i < 400; i++) {
            float[] features = features(random, 50);
            model.observe(features, Arrays.copyOf(features, 24));
        }
        assertThat(TrajectoryModelBytes.write(model.state(), 24)).hasSizeLessThan(40_000);
    }

    @Test
    void rejectsBytesOfAnotherVersionModelOrLength() {
        TrajectoryModel model = new TrajectoryModel(2);
        byte[] bytes = TrajectoryModelBytes.write(model.state(), 2);
        assertThatThrownBy(() -> TrajectoryModelBytes.read(bytes, 3))
                .hasMessageContaining("dimensions: got 2, expected 3");
        assertThatThrownBy(() -> TrajectoryModelBytes.read(Arrays.copyOf(bytes, 30), 2))
                .hasMessageContaining("ends after 30 bytes");
        bytes[0] = 9;
        assertThatThrownBy(() -> TrajectoryModelBytes.read(bytes, 2))
                .hasMessageContaining("version: got 9, expected 1");
    }
}
