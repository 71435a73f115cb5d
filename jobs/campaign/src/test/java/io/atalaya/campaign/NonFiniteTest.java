package io.atalaya.campaign;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class NonFiniteTest {
    private record Score(String name, double value, Float optional) {}

    private record Case(List<Score> scores, Map<String, float[]> series) {}

    /** As a field that means "no value yet". */
    private static final class TrajectoryDensity {
        private final double[] losses = {Double.POSITIVE_INFINITY};
    }

    @Test
    void findsNanInAListOfRecords() {
        Case found =
                new Case(List.of(new Score("a", 1, null), new Score("b", 0.0 / 0, 1f)), Map.of());

        assertThat(NonFinite.in(found)).isEqualTo("Case.scores[].value=NaN");
    }

    @Test
    void findsInfinityInAnArrayWithinAMap() {
        Case found = new Case(List.of(), Map.of("x", new float[] {0, 1f / 0}));

        assertThat(NonFinite.in(found)).isEqualTo("Case.series[]=Infinity");
    }

    @Test
    void acceptsFiniteNumbersAndFieldsWithoutValue() {
        assertThat(NonFinite.in(new Case(List.of(new Score("a", 1e308, 0f)), Map.of()))).isNull();
        assertThat(NonFinite.in(new TrajectoryDensity())).isNull();
        assertThat(NonFinite.in(null)).isNull();
    }
}
