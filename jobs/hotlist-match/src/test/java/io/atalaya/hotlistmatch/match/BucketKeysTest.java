package io.atalaya.hotlistmatch.match;

import io.atalaya.plate.CanonicalPlate;
import io.atalaya.plate.MatchKind;
import io.atalaya.plate.PlateComparison;
import io.atalaya.plate.PlateNeighbours;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class BucketKeysTest {
    @Property(tries = 300)
    void everyReadThatComparesMeetsItsPlateInSomeBucket(
            @ForAll
                    @CharRange(from = '0', to = '9')
                    @CharRange(from = 'A', to = 'Z')
                    @StringLength(min = 1, max = 10)
                    String plate) {
        long listed = CanonicalPlate.fold(CanonicalPlate.pack(plate));
        Set<Long> buckets = new HashSet<>();
        BucketKeys.ofListed(listed, buckets::add);
        PlateNeighbours.forEach(
                listed,
                read -> {
                    if (PlateComparison.kind(read, listed) != MatchKind.NONE) {
                        Set<Long> probed = new HashSet<>();
                        BucketKeys.ofRead(read, probed::add);
                        assertThat(probed)
                                .as(CanonicalPlate.text(read))
                                .containsAnyElementsOf(buckets);
                    }
                });
    }
}
