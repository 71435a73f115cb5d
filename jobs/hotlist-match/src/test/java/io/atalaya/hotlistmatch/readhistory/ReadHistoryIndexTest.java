package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateNeighbours;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

class ReadHistoryIndexTest {
    /** More plates than the first two sizes of the filter hold. */
    private static final int PLATES = 20_000;

    private static final long NOW = 1_790_000_000_000L;

    private final Random random = new Random(7);
    private final Set<Long> oracle = new TreeSet<>();
    private final ReadHistoryIndex index = new ReadHistoryIndex();

    @Test
    void findsEveryPlateNearWhileItGrows() {
        for (int i = 0; i < PLATES; i++) {
            sight(plate());
        }
        requireFindsAllNear();
    }

    @Test
    void aWalkForgetsWhatIsGoneAndKeepsWhatComesMeanwhile() {
        for (int i = 0; i < PLATES; i++) {
            sight(plate());
        }
        long[] plates = index.keys();
        for (int i = 0; i < plates.length; i++) {
            if (i % 3 == 0) {
                index.remove(plates[i]);
                oracle.remove(plates[i]);
            }
            if (i % 5 == 0) {
                sight(plate());
            }
            index.renew(1);
        }
        index.renew(plates.length);
        assertThat(index.size()).isEqualTo(oracle.size());
        requireFindsAllNear();
    }

    private void sight(long plate) {
        index.put(plate, oracle.size(), NOW);
        oracle.add(plate);
    }

    private void requireFindsAllNear() {
        for (int i = 0; i < 2_000; i++) {
            long listed = plate();
            Set<Long> near = new TreeSet<>();
            PlateNeighbours.forEach(
                    listed,
                    text -> {
                        if (oracle.contains(text)) {
                            near.add(text);
                        }
                    });
            Set<Long> recentMatches = new TreeSet<>();
            index.forEachNear(listed, recentMatches::add);
            assertThat(recentMatches).isEqualTo(near);
        }
    }

    /**
     * Five letters of a small alphabet and two digits, so that about every second plate is near a
     * stored one.
     */
    private long plate() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append("ABCDEFGH".charAt(random.nextInt(8)));
        }
        return CanonicalPlate.fold(
                CanonicalPlate.pack(text.append(10 + random.nextInt(90)).toString()));
    }
}
