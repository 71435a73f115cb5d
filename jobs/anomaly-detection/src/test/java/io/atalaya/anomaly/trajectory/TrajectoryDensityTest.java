package io.atalaya.anomaly.trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TrajectoryDensityTest {
    private static final int DIMENSIONS = 4;

    /** Around a few centres, so that some prototypes can be merged. */
    private static float[] embedding(Random random) {
        float[] vector = new float[DIMENSIONS];
        int lane = random.nextInt(3);
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (lane * (i - 1) + 0.1 * random.nextGaussian());
        }
        return vector;
    }

    @Property(tries = 60)
    void mergesThePairWithTheLeastLoss(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int most) {
        Random random = new Random(seed);
        TrajectoryDensity density = new TrajectoryDensity(DIMENSIONS, most);
        SlowSceneDensity slow = new SlowSceneDensity(most);
        for (int i = 0; i < 60; i++) {
            float[] embedding = embedding(random);
            density.learn(embedding);
            slow.learn(embedding);
        }
        TrajectoryDensity.State state = density.state();
        List<SlowSceneDensity.Prototype> actual = new ArrayList<>();
        for (int i = 0; i < state.means().length; i++) {
            actual.add(
                    new SlowSceneDensity.Prototype(
                            state.means()[i], state.weights()[i], state.spreads()[i]));
        }
        Comparator<SlowSceneDensity.Prototype> order =
                Comparator.comparingDouble(p -> p.mean()[0] + 7 * p.mean()[1]);
        actual.sort(order);
        slow.prototypes.sort(order);
        assertThat(actual).hasSameSizeAs(slow.prototypes);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).mean())
                    .containsExactly(slow.prototypes.get(i).mean(), within(1e-5f));
            assertThat(actual.get(i).weight())
                    .isCloseTo(slow.prototypes.get(i).weight(), within(1e-9));
            assertThat(actual.get(i).spread())
                    .isCloseTo(slow.prototypes.get(i).spread(), within(1e-6));
        }
    }

    @Property(tries = 30)
    void distantTracksScoreHigher(@ForAll long seed) {
        Random random = new Random(seed);
        TrajectoryDensity density = new TrajectoryDensity(DIMENSIONS, 20);
        for (int i = 0; i < 200; i++) {
            density.learn(embedding(random));
        }
        float[] far = {3, -3, 3, -3};
        assertThat(density.score(far)).isGreaterThan(density.score(embedding(random)) + 1);
    }

    @Test
    void hasNoScoreBeforeTheFirstTrack() {
        TrajectoryDensity density = new TrajectoryDensity(2, 4);
        assertThat(density.score(new float[] {1, 1})).isZero();
    }

    @Test
    void equalTracksHaveAFiniteScore() {
        TrajectoryDensity density = new TrajectoryDensity(2, 4);
        for (int i = 0; i < 20; i++) {
            density.learn(new float[] {1, 1});
        }
        assertThat(density.score(new float[] {1, 1})).isFinite();
        assertThat(density.score(new float[] {1, 2})).isFinite().isPositive();
    }

    @Test
    void rejectsACapacityThatCannotMerge() {
        assertThatThrownBy(() -> new TrajectoryDensity(2, 1))
                .hasMessageContaining("capacity: got 1");
    }
}
