package io.atalaya.anomaly.track;

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

class SceneDensityTest {
    private static final int DIMENSIONS = 4;

    /** Around a few centres, so that there is something to merge. */
    private static float[] embedding(Random random) {
        float[] vector = new float[DIMENSIONS];
        int lane = random.nextInt(3);
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (lane * (i - 1) + 0.1 * random.nextGaussian());
        }
        return vector;
    }

    @Property(tries = 60)
    void mergesThePairThatLosesLeast(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int most) {
        Random random = new Random(seed);
        SceneDensity density = new SceneDensity(DIMENSIONS, most, Double.POSITIVE_INFINITY);
        SlowSceneDensity slow = new SlowSceneDensity(most);
        for (int i = 0; i < 60; i++) {
            float[] embedding = embedding(random);
            density.learn(embedding);
            slow.learn(embedding);
        }
        SceneDensityState state = density.state();
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

    @Property(tries = 40)
    void goesOnFromItsBytesAsIfNothingHadHappened(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 80) int before) {
        Random random = new Random(seed);
        SceneDensity one = new SceneDensity(DIMENSIONS, 12, 40);
        for (int i = 0; i < before; i++) {
            one.learn(embedding(random));
        }
        SceneDensity other = new SceneDensity(DIMENSIONS, 12, 40);
        other.restore(
                SceneDensityBytes.read(
                        SceneDensityBytes.write(one.state(), DIMENSIONS), DIMENSIONS));
        for (int i = 0; i < 40; i++) {
            float[] embedding = embedding(random);
            assertThat(other.score(embedding)).isCloseTo(one.score(embedding), within(1e-9));
            one.learn(embedding);
            other.learn(embedding);
        }
        assertThat(other.seen()).isEqualTo(one.seen()).isEqualTo(before + 40L);
    }

    @Property(tries = 30)
    void whatIsFarFromAllScoresHigherThanWhatIsNear(@ForAll long seed) {
        Random random = new Random(seed);
        SceneDensity density = new SceneDensity(DIMENSIONS, 20, Double.POSITIVE_INFINITY);
        for (int i = 0; i < 200; i++) {
            density.learn(embedding(random));
        }
        float[] far = {3, -3, 3, -3};
        assertThat(density.score(far)).isGreaterThan(density.score(embedding(random)) + 1);
    }

    @Test
    void aRecordedTrackIsJudgedWithoutItself() {
        SceneDensity density = new SceneDensity(1, 10, Double.POSITIVE_INFINITY);
        for (float at : new float[] {0, 0.1f, 0.2f, 0.3f, 0.4f, 5}) {
            density.learn(new float[] {at});
        }
        assertThat(density.scoreAmongOthers(new float[] {5}))
                .isGreaterThan(density.scoreAmongOthers(new float[] {0.2f}) + 1);
    }

    @Test
    void saysNothingBeforeItHasSeenAnything() {
        SceneDensity density = new SceneDensity(2, 4, 100);
        assertThat(density.score(new float[] {1, 1})).isZero();
        assertThat(density.scoreAmongOthers(new float[] {1, 1})).isZero();
        density.learn(new float[] {1, 1});
        assertThat(density.scoreAmongOthers(new float[] {1, 1})).isZero();
    }

    @Test
    void equalTracksScoreAFiniteNumber() {
        SceneDensity density = new SceneDensity(2, 4, 100);
        for (int i = 0; i < 20; i++) {
            density.learn(new float[] {1, 1});
        }
        assertThat(density.score(new float[] {1, 1})).isFinite();
        assertThat(density.score(new float[] {1, 2})).isFinite().isPositive();
    }

    @Test
    void whatIsNoLongerDrivenBecomesUnusual() {
        Random random = new Random(1);
        SceneDensity density = new SceneDensity(DIMENSIONS, 30, 100);
        float[] closed = {5, 5, 5, 5};
        for (int i = 0; i < 20; i++) {
            density.learn(closed);
        }
        double before = density.score(closed);
        for (int i = 0; i < 2_000; i++) {
            density.learn(embedding(random));
        }
        assertThat(density.score(closed)).isGreaterThan(before + 2);
    }

    @Test
    void aCameraTakesAsManyBytesAsItsFormatSays() {
        Random random = new Random(2);
        SceneDensity density = SceneDensity.ofCamera(24);
        for (int i = 0; i < 300; i++) {
            float[] vector = new float[24];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = random.nextFloat();
            }
            density.learn(vector);
        }
        assertThat(SceneDensityBytes.write(density.state(), 24)).hasSizeLessThan(17_000);
    }

    @Test
    void refusesBytesOfAnotherVersionModelOrLength() {
        SceneDensity density = new SceneDensity(2, 4, 100);
        density.learn(new float[] {1, 2});
        byte[] bytes = SceneDensityBytes.write(density.state(), 2);
        assertThatThrownBy(() -> SceneDensityBytes.read(bytes, 3))
                .hasMessageContaining("dimensions: got 2, expected 3");
        assertThatThrownBy(() -> SceneDensityBytes.read(java.util.Arrays.copyOf(bytes, 30), 2))
                .hasMessageContaining("ends after 30 bytes");
        bytes[0] = 9;
        assertThatThrownBy(() -> SceneDensityBytes.read(bytes, 2))
                .hasMessageContaining("version: got 9, this build reads 1");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new SceneDensity(2, 1, 100))
                .hasMessageContaining("capacity: got 1");
        assertThatThrownBy(() -> new SceneDensity(2, 4, 0)).hasMessageContaining("horizon: got 0");
    }
}
