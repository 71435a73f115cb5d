package io.atalaya.anomaly.trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ResidualTest {
    private static final int DIMENSIONS = 5;

    /** The residual is linear: that of a difference is the one between two tracks. */
    @Property(tries = 200)
    void nearestIsTheLeastResidualOfADifference(
            @ForAll long seed, @ForAll @IntRange(max = 20) int count, @ForAll boolean isOneOfThem) {
        Random random = new Random(seed);
        List<float[]> others = IntStream.range(0, count).mapToObj(i -> vector(random)).toList();
        int own = isOneOfThem && count > 0 ? random.nextInt(count) : -1;
        float[] vector = own < 0 ? vector(random) : others.get(own);
        Residual residual = Residual.ofEmbeddings(DIMENSIONS);
        // Each beside its opposite, so that the mean is 0 and a difference has the residual of a
        // track.
        for (float[] other : others) {
            residual.learn(other);
            residual.learn(opposite(other));
        }

        double nearest = residual.ofNearest(vector, columns(others), count, own);

        double expected =
                IntStream.range(0, count)
                        .filter(i -> i != own)
                        .mapToDouble(i -> residual.of(difference(vector, others.get(i))))
                        .min()
                        .orElse(0);
        assertThat(nearest).isCloseTo(expected, within(1e-3));
    }

    /** Far along a direction in which all differ is near; a little aside is not. */
    @Property(tries = 20)
    void distanceCountsOutsideTheDirectionsOfTheScene(@ForAll long seed) {
        Random random = new Random(seed);
        List<float[]> others = IntStream.range(0, 50).mapToObj(i -> vector(random)).toList();
        Residual residual = Residual.ofEmbeddings(DIMENSIONS);
        others.forEach(residual::learn);
        float[] along = others.get(0).clone();
        float[] aside = others.get(0).clone();
        along[0] += 50;
        aside[4] += 5;

        assertThat(residual.ofNearest(aside, columns(others), 50, -1))
                .isGreaterThan(residual.ofNearest(along, columns(others), 50, -1));
    }

    /** Of a wide first direction, and narrow others. */
    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) ((i == 0 ? 10 : 0.1) * random.nextGaussian());
        }
        return vector;
    }

    private static float[] opposite(float[] vector) {
        return difference(new float[DIMENSIONS], vector);
    }

    private static float[] difference(float[] one, float[] other) {
        float[] difference = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            difference[i] = one[i] - other[i];
        }
        return difference;
    }

    private static float[][] columns(List<float[]> vectors) {
        float[][] columns = new float[DIMENSIONS][vectors.size()];
        for (int i = 0; i < vectors.size(); i++) {
            for (int k = 0; k < DIMENSIONS; k++) {
                columns[k][i] = vectors.get(i)[k];
            }
        }
        return columns;
    }
}
