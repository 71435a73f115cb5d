package io.atalaya.hotlistmatch.passage;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class LocalAssignmentTest {
    private static final double NO = Double.NEGATIVE_INFINITY;

    private static int ofFirst(double[][] weights) {
        double[] alone = new double[weights.length];
        Arrays.fill(alone, LocalAssignment.ALONE);
        return LocalAssignment.ofFirst(weights, alone);
    }

    @Test
    void theOnlyPlateIsTheTags() {
        assertThat(ofFirst(new double[][] {{-11}})).isZero();
        assertThat(ofFirst(new double[][] {{NO}})).isEqualTo(-1);
        assertThat(ofFirst(new double[][] {{}})).isEqualTo(-1);
    }

    @Test
    void twoPlatesAreDistinguishedIfOneIsTenTimesLikelier() {
        assertThat(ofFirst(new double[][] {{-5, -7.2}})).isEqualTo(-1);
        assertThat(ofFirst(new double[][] {{-5, -7.4}})).isZero();
    }

    @Test
    void theOtherTagDecidesByThePlateThatItCannotDoWithout() {
        assertThat(ofFirst(new double[][] {{-5, -5}, {-5, NO}})).isEqualTo(1);
        assertThat(ofFirst(new double[][] {{-5}, {-5}})).isEqualTo(-1);
        assertThat(ofFirst(new double[][] {{-5}, {-8}})).isZero();
    }

    @Test
    void ofManyPlatesNoneIsCertain() {
        double[] plates = new double[LocalAssignment.MAX_PLATES + 1];
        Arrays.fill(plates, -8);
        plates[0] = 0;
        assertThat(ofFirst(new double[][] {plates})).isEqualTo(-1);
    }

    @Test
    void aTagWhosePlateMayStillComeTakesNoneFromAnother() {
        double[] alone = {LocalAssignment.ALONE, LocalAssignment.WAITING};
        assertThat(LocalAssignment.ofFirst(new double[][] {{-8}, {-5}}, alone)).isZero();
        assertThat(LocalAssignment.ofFirst(new double[][] {{-8}, {15}}, alone)).isEqualTo(-1);
    }

    @Property
    void theBestOfAllAssignmentsInAnyOrder(
            @ForAll("likelihoods") double[][] weights,
            @ForAll @Size(5) List<Boolean> waiting,
            @ForAll long seed) {
        double[] alone = new double[weights.length];
        for (int tag = 0; tag < alone.length; tag++) {
            alone[tag] = waiting.get(tag) ? LocalAssignment.WAITING : LocalAssignment.ALONE;
        }
        int assigned = LocalAssignment.ofFirst(weights, alone);
        assertThat(assigned).isEqualTo(byTrial(weights, alone));

        List<Integer> plates = new ArrayList<>();
        for (int plate = 0; plate < weights[0].length; plate++) {
            plates.add(plate);
        }
        Collections.shuffle(plates, new Random(seed));
        List<Integer> tags = new ArrayList<>();
        for (int tag = 1; tag < weights.length; tag++) {
            tags.add(tag);
        }
        Collections.shuffle(tags, new Random(seed));
        tags.add(0, 0);
        double[][] mixed =
                tags.stream()
                        .map(
                                tag ->
                                        plates.stream()
                                                .mapToDouble(plate -> weights[tag][plate])
                                                .toArray())
                        .toArray(double[][]::new);
        int then =
                LocalAssignment.ofFirst(
                        mixed, tags.stream().mapToDouble(tag -> alone[tag]).toArray());
        assertThat(then < 0 ? -1 : plates.get(then)).isEqualTo(assigned);
    }

    /** Tries each assignment of all tags. */
    private static int byTrial(double[][] weights, double[] alone) {
        int plates = weights[0].length;
        double[] best = new double[plates + 1];
        Arrays.fill(best, NO);
        tryAll(weights, alone, 0, 0, new BitSet(), 0, best);
        int first = 0;
        for (int choice = 1; choice <= plates; choice++) {
            first = best[choice] > best[first] ? choice : first;
        }
        for (int choice = 0; choice <= plates; choice++) {
            if (choice != first && best[first] - best[choice] < LocalAssignment.MARGIN) {
                return -1;
            }
        }
        return first - 1;
    }

    private static void tryAll(
            double[][] weights,
            double[] alone,
            int tag,
            int first,
            BitSet taken,
            double sum,
            double[] best) {
        if (tag == weights.length) {
            best[first] = Math.max(best[first], sum);
            return;
        }
        tryAll(weights, alone, tag + 1, first, taken, sum + alone[tag], best);
        for (int plate = 0; plate < weights[0].length; plate++) {
            if (!taken.get(plate)) {
                taken.set(plate);
                double next = sum + weights[tag][plate];
                tryAll(weights, alone, tag + 1, tag == 0 ? plate + 1 : first, taken, next, best);
                taken.clear(plate);
            }
        }
    }

    @Provide
    static Arbitrary<double[][]> likelihoods() {
        Arbitrary<Double> weight = Arbitraries.integers().between(-24, 8).map(w -> w / 2.0);
        return Arbitraries.integers()
                .between(0, 4)
                .flatMap(
                        plates ->
                                Arbitraries.frequencyOf(
                                                Tuple.of(3, weight),
                                                Tuple.of(1, Arbitraries.just(NO)))
                                        .array(double[].class)
                                        .ofSize(plates)
                                        .array(double[][].class)
                                        .ofMinSize(1)
                                        .ofMaxSize(4));
    }
}
