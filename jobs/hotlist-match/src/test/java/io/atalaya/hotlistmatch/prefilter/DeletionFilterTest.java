package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateNeighbours;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class DeletionFilterTest {
    @Property(tries = 200)
    void nothingNearAListedPlateIsMissed(
            @ForAll
                    @CharRange(from = '0', to = '9')
                    @CharRange(from = 'A', to = 'Z')
                    @StringLength(min = 6, max = 8)
                    String plate) {
        DeletionFilter filter = new DeletionFilter(100);
        long listed = CanonicalPlate.fold(CanonicalPlate.pack(plate));
        filter.add(listed);
        PlateNeighbours.forEach(listed, near -> assertThat(filter.canHaveNear(near)).isTrue());
    }

    @Test
    void atCapacityFewFarReadsPass() {
        DeletionFilter filter = new DeletionFilter(20_000);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            filter.add(CanonicalPlate.fold(CanonicalPlate.pack(plate(random, "X"))));
        }
        int passed = 0;
        for (int i = 0; i < 20_000; i++) {
            // Twelve characters are more than one edit from any seven, so a text passes by chance
            // only.
            if (filter.canHaveNear(
                    CanonicalPlate.fold(CanonicalPlate.pack("YYYYY" + plate(random, "Y"))))) {
                passed++;
            }
        }
        assertThat(passed / 20_000.0).isLessThan(0.1);
    }

    private static String plate(Random random, String first) {
        StringBuilder plate = new StringBuilder(first);
        for (int i = 0; i < 6; i++) {
            plate.append((char) ('A' + random.nextInt(26)));
        }
        return plate.toString();
    }
}
