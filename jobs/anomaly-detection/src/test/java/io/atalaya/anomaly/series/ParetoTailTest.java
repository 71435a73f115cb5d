package io.atalaya.anomaly.series;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ParetoTailTest {
    /**
     * A value with rarity k occurs about once in 10^k values for heavy tails, and less often for
     * thin ones, whose ends the bins do not resolve.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5})
    void raritiesAreCalibrated(double index) {
        Random random = new Random(1);
        ParetoTail tail = new ParetoTail();
        int values = 200_000;
        int[] rarer = new int[4];
        for (int i = 0; i < values; i++) {
            double value = Math.pow(1 - random.nextDouble(), -index);
            double rarity = tail.rarity(value, 1);
            for (int k = 2; k < rarer.length; k++) {
                rarer[k] += rarity >= k ? 1 : 0;
            }
            tail.add(value, 1e-5);
        }
        assertThat(rarer[2] / (values * 1e-2)).isBetween(index < 0.2 ? 0.3 : 0.6, 1.6);
        assertThat(rarer[3] / (values * 1e-3)).isBetween(index < 0.2 ? 0.1 : 0.4, 2.0);
    }

    /** Regular hours with a wider spread must not hide what exceeds them. */
    @Test
    void twiceTheMaximumIsRareInSpiteOfWilderHours() {
        Random random = new Random(2);
        ParetoTail tail = new ParetoTail();
        double farthest = 0;
        for (int i = 0; i < 2000; i++) {
            double wild = i % 12 == 0 ? 5 : 1;
            double value = wild * Math.abs(random.nextGaussian());
            farthest = Math.max(farthest, value);
            tail.add(value, 1e-5);
        }
        assertThat(tail.rarity(2 * farthest, 1)).isGreaterThan(3.6);
        assertThat(tail.rarity(farthest, 1)).isBetween(2.5, 3.6);
    }
}
