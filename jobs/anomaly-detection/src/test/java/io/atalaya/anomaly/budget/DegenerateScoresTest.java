package io.atalaya.anomaly.budget;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Any scores give finite verdicts, because {@link AlertBudget.Verdict} checks its numbers. */
class DegenerateScoresTest {
    private static final long DAY = 86_400_000;

    @Provide
    Arbitrary<List<Double>> scores() {
        return Arbitraries.of(
                        0.0,
                        -0.0,
                        1.0,
                        -1.0,
                        Double.MIN_VALUE,
                        1e-170,
                        1e-300,
                        1e30,
                        -1e30,
                        3.4e38,
                        1e100,
                        -1e100)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property(tries = 300)
    void verdictsAreFinite(
            @ForAll("scores") List<Double> scores,
            @ForAll("steps") List<Long> steps,
            @ForAll("budgets") double perDay) {
        AlertBudget budget = AlertBudget.fresh(perDay);
        long time = 1_772_542_800_000L;
        for (int i = 0; i < 1_000; i++) {
            time += steps.get(i % steps.size());
            budget.offer(time, scores.get(i % scores.size()), i % 3 == 0 ? 2 : 1);
            if (i % 100 == 0) {
                budget = AlertBudget.fromBytes(perDay, budget.toBytes());
            }
        }
        assertThat(budget.realisedPerDay()).isFinite().isNotNegative();
        assertThat(budget.days()).isFinite().isNotNegative();
    }

    @Provide
    Arbitrary<List<Long>> steps() {
        return Arbitraries.of(0L, -DAY, 1L, 300_000L, DAY, 400 * DAY)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Double> budgets() {
        return Arbitraries.of(AlertBudget.MIN_PER_DAY, 1.0, AlertBudget.MAX_PER_DAY);
    }

    @Test
    void rejectsNonFiniteScores() {
        AlertBudget budget = AlertBudget.fresh(1);
        for (double score :
                new double[] {
                    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e101
                }) {
            assertThatThrownBy(() -> budget.offer(0, score))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("score: got " + score + ", expected a number from ");
        }
    }
}
