package io.atalaya.bench.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MexicanSeries;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import it.unimi.dsi.fastutil.longs.LongSets;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class NationalListTest {
    private static final int SIZE = 20_000;

    @Test
    void entriesHaveDistinctPlatesOfAllStates() {
        NationalList list = new NationalList(1, SIZE, LongSets.EMPTY_SET);
        LongSet plates = new LongOpenHashSet();
        Set<String> states = new HashSet<>();
        for (int i = 0; i < SIZE; i++) {
            HotlistEntry entry = list.entry(i);
            long packed = CanonicalPlate.pack(entry.plate());
            assertThat(plates.add(packed)).as("plate %s", entry.plate()).isTrue();
            assertThat(entry.state()).isEqualTo(MexicanSeries.stateOf(packed));
            assertThat(entry.plate()).matches("[A-Z]{3}[0-9]{3}[A-Z]|[A-Z][0-9]{2}[A-Z]{3}");
            states.add(entry.state());
        }
        assertThat(states).hasSize(32);
    }

    @Test
    void listsNoPlateOfTheTraffic() {
        NationalList free = new NationalList(1, SIZE, LongSets.EMPTY_SET);
        LongSet carried = new LongOpenHashSet();
        for (int i = 0; i < SIZE; i += 2) {
            carried.add(CanonicalPlate.pack(free.entry(i).plate()));
        }

        NationalList list = new NationalList(1, SIZE, carried);

        for (int i = 0; i < SIZE; i++) {
            assertThat(carried.contains(CanonicalPlate.pack(list.entry(i).plate()))).isFalse();
        }
    }
}
