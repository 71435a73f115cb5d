package io.atalaya.anomaly.trajectory;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    /** As if they had never been there. */
    @Property(tries = 200)
    void forgetsTheTracksThatAreRemoved(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int kept,
            @ForAll @IntRange(max = 60) int removed) {
        Random random = new Random(seed);
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < kept + removed; i++) {
            // Few different numbers, so that some are equal.
            all.add(random.ints(View.count(), 0, 20).mapToDouble(n -> n / 4.0).toArray());
        }
        Rarity rarity = new Rarity(List.of());
        all.forEach(rarity::add);

        all.subList(kept, all.size()).forEach(rarity::remove);

        Rarity expected = new Rarity(all.subList(0, kept));
        assertThat(all.stream().mapToDouble(rarity::of).toArray())
                .containsExactly(all.stream().mapToDouble(expected::of).toArray());
    }

    /** Below the highest tenth. */
    @Property(tries = 200)
    void sharesAreThoseOfTheTracksAtLeastAsUnusual(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int tracks) {
        Random random = new Random(seed);
        double[] values = random.ints(tracks, 0, 20).mapToDouble(n -> n / 4.0).toArray();
        double value = Arrays.stream(values).sorted().toArray()[(tracks - 1) / 2];
        Rarity rarity = new Rarity(Arrays.stream(values).mapToObj(n -> track(n, n)).toList());

        double above = Arrays.stream(values).map(n -> n > value ? 1 : n == value ? 0.5 : 0).sum();

        // The mean of equal shares.
        assertThat(rarity.of(track(value, value)))
                .isCloseTo(-Math.log((above + 0.5) / (tracks + 1)), within(1e-9));
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
