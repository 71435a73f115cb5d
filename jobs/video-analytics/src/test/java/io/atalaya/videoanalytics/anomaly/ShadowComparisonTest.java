package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlertBudget.Verdict;

import org.junit.jupiter.api.Test;

import java.util.OptionalDouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ShadowComparisonTest {
    @Test
    void countsAlertsByVersionAndMeasuresTheDistance() {
        ShadowComparison between = new ShadowComparison("1", "2");
        assertThat(between.share()).isZero();
        assertThat(between.apart()).isZero();

        between.count(verdict(true, 1e-4), verdict(true, 1e-3));
        between.count(verdict(true, 1e-4), verdict(false, 1e-2));
        between.count(verdict(false, 0.5), verdict(true, 0.5));
        between.count(verdict(false, 1), verdict(false, 0));

        assertThat(between.compared()).isEqualTo(4);
        assertThat(between.both()).isEqualTo(1);
        assertThat(between.activeAlone()).isEqualTo(1);
        assertThat(between.shadowAlone()).isEqualTo(1);
        assertThat(between.share()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(between.apart()).isCloseTo((1 + 2 + 0 + 12) / 4.0, within(1e-9));
        assertThat(between.toString())
                .contains(
                        "alerts of both 1, of 1 alone 1, of 2 alone 1 (67 % of them by one only)");
    }

    private static Verdict verdict(boolean alert, double pValue) {
        return new Verdict(alert, OptionalDouble.of(1), 1, pValue, 0);
    }
}
