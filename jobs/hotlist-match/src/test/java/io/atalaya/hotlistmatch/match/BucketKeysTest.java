package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.hotlistmatch.prefilter.DeletionFilter;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class BucketKeysTest {
    @Property(tries = 300)
    void everyReadThatComparesMeetsItsPlateInSomeBucket(
            @ForAll
                    @CharRange(from = '0', to = '9')
                    @CharRange(from = 'A', to = 'Z')
                    @StringLength(min = 1, max = CanonicalPlate.MAX_LENGTH)
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

    /** The filter also matches other plates; its false positives only cost look-ups. */
    @Property(tries = 300)
    void theFilterSelectsEnoughBuckets(
            @ForAll
                    @CharRange(from = '0', to = '3')
                    @CharRange(from = 'A', to = 'C')
                    @StringLength(min = 1, max = CanonicalPlate.MAX_LENGTH)
                    String plate) {
        long listed = CanonicalPlate.fold(CanonicalPlate.pack(plate));
        DeletionFilter filter = new DeletionFilter(100);
        filter.add(listed);
        Set<Long> buckets = new HashSet<>();
        BucketKeys.ofListed(listed, buckets::add);
        PlateNeighbours.forEach(
                listed,
                read -> {
                    if (PlateComparison.kind(read, listed) != MatchKind.NONE) {
                        Set<Long> all = new HashSet<>();
                        BucketKeys.ofRead(read, all::add);
                        Set<Long> probed = new HashSet<>();
                        BucketKeys.ofRead(read, filter.near(read), probed::add);
                        assertThat(probed).as(CanonicalPlate.text(read)).isSubsetOf(all);
                        Set<Long> sure = new HashSet<>();
                        int shared = PlateNeighbours.sharedDeletions(read, listed);
                        BucketKeys.ofRead(read, shared, sure::add);
                        assertThat(sure)
                                .as(CanonicalPlate.text(read))
                                .containsAnyElementsOf(buckets)
                                .isSubsetOf(probed);
                    }
                });
    }

    @Test
    void theDifferenceDeterminesHowManyBucketsSuffice() {
        DeletionFilter filter = new DeletionFilter(100);
        filter.add(CanonicalPlate.fold(CanonicalPlate.pack("NKR-48-16")));

        assertThat(probesOf("NKR-48-76", filter)).isEqualTo(1);
        assertThat(probesOf("MKR-48-16", filter)).isEqualTo(2);
        assertThat(probesOf("NKR-48-16", filter)).isEqualTo(3);
        assertThat(probesOf("YBC-20-61", filter)).isZero();
    }

    private static int probesOf(String plate, DeletionFilter filter) {
        long read = CanonicalPlate.fold(CanonicalPlate.pack(plate));
        Set<Long> probed = new HashSet<>();
        BucketKeys.ofRead(read, filter.near(read), probed::add);
        return probed.size();
    }
}
