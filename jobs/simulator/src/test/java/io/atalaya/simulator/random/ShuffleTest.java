package io.atalaya.simulator.random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.BitSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ShuffleTest {

    @Property(tries = 200)
    void permutesAllNumbers(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3_000) int size) {
        Shuffle shuffle = new Shuffle(seed, size);
        BitSet met = new BitSet(size);
        for (int i = 0; i < size; i++) {
            met.set(Math.toIntExact(shuffle.at(i)));
        }
        assertThat(met.cardinality()).isEqualTo(size);
        assertThat(met.length()).isEqualTo(size);
    }

    @Property(tries = 20)
    void neighboursAreAsFrequentAsByChance(@ForAll long seed) {
        int size = 2_000_000;
        int drawn = 100_000;
        Shuffle shuffle = new Shuffle(seed, size);
        BitSet met = new BitSet(size);
        for (int i = 0; i < drawn; i++) {
            met.set(Math.toIntExact(shuffle.at(i)));
        }
        int pairs = 0;
        for (int i = met.nextSetBit(0); i >= 0; i = met.nextSetBit(i + 1)) {
            pairs += met.get(i + 1) ? 1 : 0;
        }
        // 100,000² / 2,000,000; spread evenly there would be none.
        assertThat(pairs).isCloseTo(5_000, within(500));
    }
}
