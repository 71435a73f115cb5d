package io.atalaya.anomaly.trajectory;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class RarityTest {
    @Test
    void oneSureViewCountsMoreThanSeveralThatWaver() {
        Rarity rarity = new Rarity(values(300, 0));

        double sure = rarity.of(track(4, 0));
        double wavering = rarity.of(track(2, 2));

        assertThat(sure).isGreaterThan(wavering);
    }

    /** Otherwise a view is the less sure the more it sees. */
    @Test
    void unusualTracksOfTheSceneAreNotTheScale() {
        double among = new Rarity(values(300, 10)).of(track(20, 0));
        double alone = new Rarity(values(300, 1)).of(track(20, 0));

        assertThat(among).isGreaterThan(alone / 2);
    }

    @Test
    void keepsTheOrderBeyondAllOthers() {
        Rarity rarity = new Rarity(values(50, 0));

        assertThat(rarity.of(track(1e6, 0))).isGreaterThan(rarity.of(track(1e5, 0))).isFinite();
    }

    @Test
    void equalValuesAreNoneRarer() {
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            values.add(track(1, 1));
        }

        assertThat(new Rarity(values).of(track(1, 1))).isBetween(0.0, 1.0);
    }

    /**
     * @param unusual number of them that the first view sees
     */
    private static List<double[]> values(int tracks, int unusual) {
        Random random = new Random(8);
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < tracks; i++) {
            double[] track = random.doubles(View.count()).map(u -> -Math.log(u) / 2).toArray();
            track[0] = i < unusual ? 20 : track[0];
            values.add(track);
        }
        return values;
    }

    private static double[] track(double first, double others) {
        double[] track = new double[View.count()];
        Arrays.fill(track, others);
        track[0] = first;
        return track;
    }
}
