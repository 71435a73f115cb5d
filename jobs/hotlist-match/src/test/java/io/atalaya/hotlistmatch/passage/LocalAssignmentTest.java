package io.atalaya.hotlistmatch.passage;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
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

    @Test
    void theOnlyPlateIsTheTags() {
        assertThat(LocalAssignment.ofFirst(new double[][] {{-11}})).isZero();
        assertThat(LocalAssignment.ofFirst(new double[][] {{NO}})).isEqualTo(-1);
        assertThat(LocalAssignment.ofFirst(new double[][] {{}})).isEqualTo(-1);
    }

    @Test
    void twoPlatesAreDistinguishedIfOneIsTenTimesLikelier() {
        assertThat(LocalAssignment.ofFirst(new double[][] {{-5, -7.2}})).isEqualTo(-1);
        assertThat(LocalAssignment.ofFirst(new double[][] {{-5, -7.4}})).isZero();
    }

    @Test
    void theOtherTagDecidesByThePlateThatItCannotDoWithout() {
        assertThat(LocalAssignment.ofFirst(new double[][] {{-5, -5}, {-5, NO}})).isEqualTo(1);
        assertThat(LocalAssignment.ofFirst(new double[][] {{-5}, {-5}})).isEqualTo(-1);
        assertThat(LocalAssignment.ofFirst(new double[][] {{-5}, {-8}})).isZero();
    }

    @Test
    void ofManyPlatesNoneIsCertain() {
        double[] plates = new double[LocalAssignment.MAX_PLATES + 1];
        Arrays.fill(plates, -8);
        plates[0] = 0;
        assertThat(LocalAssignment.ofFirst(new double[][] {plates})).isEqualTo(-1);
    }

    @Property
    void theBestOfAllAssignmentsInAnyOrder(
            @ForAll("likelihoods") double[][] weights, @ForAll long seed) {
        int assigned = LocalAssignment.ofFirst(weights);
        assertThat(assigned).isEqualTo(byTrial(weights));

        List<Integer> plates = new ArrayList<>();
        for (int plate = 0; plate < weights[0].length; plate++) {
            plates.add(plate);
        }
        Collections.shuffle(plates, new Random(seed));
        List<double[]> others = new ArrayList<>(Arrays.asList(weights).subList(1, weights.length));
        Collections.shuffle(others, new Random(seed));
        others.add(0, weights[0]);
        double[][] mixed =
                others.stream()
                        .map(row -> plates.stream().mapToDouble(plate -> row[plate]).toArray())
                        .toArray(double[][]::new);
        int then = LocalAssignment.ofFirst(mixed);
        assertThat(then < 0 ? -1 : plates.get(then)).isEqualTo(assigned);
    }

    /** Tries each assignment of all tags. */
    private static int byTrial(double[][] weights) {
        int plates = weights[0].length;
        double[] best = new double[plates + 1];
        Arrays.fill(best, NO);
        tryAll(weights, 0, 0, new BitSet(), 0, best);
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
            double[][] weights, int tag, int first, BitSet taken, double sum, double[] best) {
        if (tag == weights.length) {
            best[first] = Math.max(best[first], sum);
            return;
        }
        tryAll(weights, tag + 1, first, taken, sum + LocalAssignment.ALONE, best);
        for (int plate = 0; plate < weights[0].length; plate++) {
            if (!taken.get(plate)) {
                taken.set(plate);
                double next = sum + weights[tag][plate];
                tryAll(weights, tag + 1, tag == 0 ? plate + 1 : first, taken, next, best);
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
