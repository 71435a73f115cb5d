package io.atalaya.simulator.series;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesGeneratorTest {
    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void seriesDependOnTheSeed(SeriesKind kind) {
        LabelledSeries once = SeriesGenerator.generate(kind, 3);
        LabelledSeries again = SeriesGenerator.generate(kind, 3);

        assertThat(again.values()).isEqualTo(once.values());
        assertThat(again.times()).isEqualTo(once.times());
        assertThat(again.windows()).isEqualTo(once.windows());
        assertThat(SeriesGenerator.generate(kind, 4).values()).isNotEqualTo(once.values());
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void windowsCoverAtMostATenthAfterTheProbation(SeriesKind kind) {
        for (long seed = 0; seed < 20; seed++) {
            LabelledSeries series = SeriesGenerator.generate(kind, seed);
            long inWindows =
                    Arrays.stream(series.times())
                            .filter(
                                    time ->
                                            series.windows().stream()
                                                    .anyMatch(
                                                            window ->
                                                                    time >= window.from()
                                                                            && time <= window.to()))
                            .count();

            assertThat(series.windows()).isNotEmpty();
            assertThat(inWindows).isBetween(1L, (long) (0.1 * series.size()) + 10);
            assertThat(series.windows().get(0).from())
                    .isGreaterThanOrEqualTo(series.times()[(int) (0.15 * series.size())]);
            assertThat(Arrays.stream(series.values()).allMatch(Double::isFinite)).isTrue();
            for (int row = 1; row < series.size(); row++) {
                assertThat(series.times()[row]).isGreaterThan(series.times()[row - 1]);
            }
        }
    }
}
