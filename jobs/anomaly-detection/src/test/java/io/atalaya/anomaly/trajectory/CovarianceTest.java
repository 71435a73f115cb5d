package io.atalaya.anomaly.trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CovarianceTest {
    private static final double FLOOR = 0.1;

    /** Divided by what it was multiplied with; with and without a rest of rows. */
    @Property(tries = 100)
    void divisionUndoesMultiplication(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 13) int dimensions) {
        Random random = new Random(seed);
        Covariance covariance = new Covariance(dimensions, FLOOR, 1);
        double[][] learned = new double[20][];
        for (int i = 0; i < learned.length; i++) {
            learned[i] = random.doubles(dimensions, -1, 1).toArray();
            covariance.add(learned[i], learned[i], 1);
        }
        double[] vector = random.doubles(dimensions, -1, 1).toArray();
        double weight = learned.length + 1;
        double[] product = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            product[i] = covariance.meanVariance() * (1 / weight + FLOOR) * vector[i];
            for (double[] each : learned) {
                product[i] += each[i] * dot(each, vector) / weight;
            }
        }

        covariance.triangle().divide(product);

        assertThat(product).containsExactly(vector, within(1e-9));
    }

    /** Exactly, because a vector must not depend on how many there are. */
    @Property(tries = 100)
    void manyVectorsAreDividedAsEachAlone(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 13) int dimensions,
            @ForAll @IntRange(max = 40) int count) {
        Random random = new Random(seed);
        Covariance covariance = new Covariance(dimensions, FLOOR, 1);
        for (int i = 0; i < 20; i++) {
            double[] learned = random.doubles(dimensions, -1, 1).toArray();
            covariance.add(learned, learned, 1);
        }
        double[][] vectors = new double[dimensions][];
        Arrays.setAll(vectors, i -> random.doubles(count, -1, 1).toArray());
        double[][] alone = new double[count][];
        Arrays.setAll(alone, k -> Arrays.stream(vectors).mapToDouble(v -> v[k]).toArray());
        Triangle triangle = covariance.triangle();

        triangle.divide(vectors);

        for (int k = 0; k < count; k++) {
            triangle.divide(alone[k]);
            int vector = k;
            assertThat(Arrays.stream(vectors).mapToDouble(v -> v[vector]).toArray())
                    .containsExactly(alone[k]);
        }
    }

    /** Exactly the sums of a row alone, because the last bit decides between equal ranks. */
    @Property(tries = 100)
    void rowsTogetherAreAsEachAlone(
            @ForAll long seed, @ForAll @IntRange(min = 4, max = 13) int dimensions) {
        Random random = new Random(seed);
        Covariance covariance = new Covariance(dimensions, FLOOR, 1);
        for (int i = 0; i < 20; i++) {
            double[] learned = random.doubles(dimensions, -1, 1).toArray();
            covariance.add(learned, learned, 1);
        }
        double[] products = covariance.state().products();
        double share = 1.0 / 21;
        double[] lower = covariance.triangle().lower();

        for (int i = 0, row = 0; i < dimensions; row += ++i) {
            for (int j = 0, other = 0; j < i; other += ++j) {
                double even = 0;
                double odd = 0;
                for (int k = 0; k + 1 < j; k += 2) {
                    even += lower[row + k] * lower[other + k];
                    odd += lower[row + k + 1] * lower[other + k + 1];
                }
                double last = j % 2 == 1 ? lower[row + j - 1] * lower[other + j - 1] : 0;
                assertThat(lower[row + j])
                        .isEqualTo(
                                (products[row + j] * share - (even + odd + last))
                                        * lower[other + j]);
            }
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
