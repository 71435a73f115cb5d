package io.atalaya.bench.comparison;

import io.atalaya.commandline.Chart;

import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYSeries;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import static org.assertj.core.api.Assertions.assertThat;

class PlotsTest {
    private static final Delays NONE = new Delays(0, 7, 0, 0, 0, 0);

    @Test
    void throughputHasALineOfMediansForEachContender() {
        Map<String, Chart> plots =
                Plots.ofThroughput(
                        "cameras",
                        "frame",
                        List.of(
                                new Plots.Sized(100, "", comparison(1)),
                                new Plots.Sized(2_000, "", comparison(2))));

        Chart speed = plots.get("throughput-by-cameras");
        assertThat(speed.chart().getXAxisTitle()).isEqualTo("cameras");
        assertThat(speed.chart().getYAxisTitle()).isEqualTo("frames a second");
        assertPoints(speed, "job", new double[] {100, 2_000}, new double[] {200, 100});
        assertPoints(speed, "rival", new double[] {100, 2_000}, new double[] {400, 200});
        Chart cost = plots.get("cost-by-cameras");
        assertPoints(cost, "job", new double[] {100, 2_000}, new double[] {50, 50});
    }

    @Test
    void withoutAComparisonThereIsNoPlotOfThroughput() {
        assertThat(Plots.ofThroughput("cameras", "frame", List.of())).isEmpty();
    }

    @Test
    void latencyHasALineForEachPercentileAndOneWhereItSaturates() {
        Chart chart =
                Plots.ofLatency(
                        "reads a second",
                        Map.of(
                                "read to alert",
                                List.of(
                                        new Plots.Load(50, new Delays(9, 0, 3, 70, 80, 90)),
                                        new Plots.Load(90, new Delays(9, 0, 5, 700, 800, 900)),
                                        new Plots.Load(99, NONE))),
                        OptionalDouble.of(99));

        assertThat(chart.styler().isYAxisLogarithmic()).isTrue();
        assertPoints(chart, "read to alert, p50", new double[] {50, 90}, new double[] {3, 5});
        assertPoints(chart, "read to alert, p99", new double[] {50, 90}, new double[] {70, 700});
        assertPoints(chart, "read to alert, p99.9", new double[] {50, 90}, new double[] {80, 800});
        assertPoints(chart, "saturated", new double[] {99, 99}, new double[] {3, 800});
    }

    @Test
    void latencyOfAJobThatNeverFollowedIsAnEmptyPlot() {
        Chart chart =
                Plots.ofLatency(
                        "reads a second",
                        Map.of("read to alert", List.of(new Plots.Load(99, NONE))),
                        OptionalDouble.of(99));

        assertThat(chart.chart().getSeriesCollection()).isEmpty();
        assertThat(chart.svg("empty")).startsWith("<svg");
    }

    /** Three laps each, with a duration and a median of processor time. */
    private static Comparison comparison(double seconds) {
        return new Comparison(
                List.of(
                        lap("job", seconds, 0.010),
                        lap("job", seconds, 0.009),
                        lap("job", seconds, 0.030),
                        lap("rival", seconds / 2, 0.002)));
    }

    private static Lap lap(String contender, double seconds, double cpuSeconds) {
        return new Lap(contender, 0, 200, seconds, cpuSeconds, 0, Map.of());
    }

    private static void assertPoints(Chart chart, String name, double[] x, double[] y) {
        XYSeries series = chart.chart().getSeries(name);
        assertThat(series.getXData()).containsExactly(x);
        assertThat(series.getYData()).containsExactly(y);
    }
}
