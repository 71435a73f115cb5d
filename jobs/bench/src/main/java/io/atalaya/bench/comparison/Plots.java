package io.atalaya.bench.comparison;

import io.atalaya.commandline.Chart;

import org.knowm.xchart.style.Styler.LegendPosition;

import java.awt.Color;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The plots of throughput against size, and of latency against load. */
public final class Plots {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 430;
    private static final Color[] COLORS = {
        Chart.BLUE, Chart.ORANGE, Chart.GREEN, Chart.RED, Chart.GRAY
    };

    /** A logarithmic axis has labels only at powers of ten, so it should show two or more. */
    private static final double MIN_LOGARITHMIC_RATIO = 100;

    private static final Map<String, ToDoubleFunction<Delays>> PERCENTILES = percentiles();

    /**
     * A comparison at one size.
     *
     * @param contest name of what was compared; empty if there is only one
     */
    public record Sized(double size, String contest, Comparison comparison) {}

    /** Delays at one rate. */
    public record Load(double rate, Delays delays) {}

    private Plots() {}

    private static Map<String, ToDoubleFunction<Delays>> percentiles() {
        Map<String, ToDoubleFunction<Delays>> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", Delays::p50);
        percentiles.put("p99", Delays::p99);
        percentiles.put("p99.9", Delays::p999);
        return percentiles;
    }

    /**
     * Two plots, of the speed and of the processor time of each contender; none if nothing was
     * measured.
     *
     * @param sizes name of what the sizes count
     * @param unit what is processed, in the singular
     * @return by name of the file
     */
    public static Map<String, Chart> ofThroughput(String sizes, String unit, List<Sized> measured) {
        Map<String, Chart> plots = new LinkedHashMap<>();
        if (measured.isEmpty()) {
            return plots;
        }
        Chart speed = bySize(sizes, unit + "s a second", measured, Comparison::speed).logarithmic();
        toPowersOfTen(speed);
        plots.put("throughput-by-" + sizes, speed);
        Chart cost =
                bySize(
                        sizes,
                        "µs of processor time a " + unit + ", whole process",
                        measured,
                        Comparison::cpu);
        cost.styler().setYAxisMin(0.0);
        plots.put("cost-by-" + sizes, cost);
        return plots;
    }

    /** Else a logarithmic axis may have no label at all. */
    private static void toPowersOfTen(Chart chart) {
        DoubleSummaryStatistics drawn =
                chart.chart().getSeriesCollection().stream()
                        .flatMapToDouble(series -> DoubleStream.of(series.getYData()))
                        .summaryStatistics();
        chart.styler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(drawn.getMin()))));
        chart.styler().setYAxisMax(Math.pow(10, Math.floor(Math.log10(drawn.getMax())) + 1));
    }

    private static Chart bySize(
            String sizes,
            String y,
            List<Sized> measured,
            BiFunction<Comparison, String, Spread> figure) {
        Chart chart = chart(sizes, y);
        DoubleSummaryStatistics range =
                measured.stream().mapToDouble(Sized::size).summaryStatistics();
        if (range.getMax() >= range.getMin() * MIN_LOGARITHMIC_RATIO) {
            chart.styler().setXAxisLogarithmic(true);
        } else {
            chart.styler().setXAxisMin(0.0);
        }
        List<String> contests = measured.stream().map(Sized::contest).distinct().toList();
        for (String contest : contests) {
            List<Sized> own =
                    measured.stream().filter(each -> each.contest.equals(contest)).toList();
            List<String> contenders = List.copyOf(own.get(0).comparison.contenders());
            for (String contender : contenders) {
                int style = contenders.indexOf(contender);
                // The only contest needs no colour of its own.
                int color = contests.size() > 1 ? contests.indexOf(contest) : style;
                chart.marked(
                        contest.isEmpty() ? contender : contender + ", " + contest,
                        own.stream().mapToDouble(Sized::size).toArray(),
                        own.stream()
                                .mapToDouble(
                                        each -> figure.apply(each.comparison, contender).median())
                                .toArray(),
                        COLORS[color % COLORS.length],
                        style);
            }
        }
        return chart;
    }

    /**
     * Percentiles of each kind of delay.
     *
     * @param x name of the rate
     * @param kinds by name
     * @param saturation the rate that could not be followed
     */
    public static Chart ofLatency(
            String x, Map<String, List<Load>> kinds, OptionalDouble saturation) {
        Chart chart = chart(x, "ms from when it was due").logarithmic();
        DoubleSummaryStatistics drawn = new DoubleSummaryStatistics();
        int kind = 0;
        for (Map.Entry<String, List<Load>> each : kinds.entrySet()) {
            // A logarithmic axis has no place for the zeros of a rate at which nothing came.
            List<Load> loads =
                    each.getValue().stream().filter(load -> load.delays.count() > 0).toList();
            int style = 0;
            for (Map.Entry<String, ToDoubleFunction<Delays>> percentile : PERCENTILES.entrySet()) {
                double[] delays =
                        loads.stream()
                                .map(Load::delays)
                                .mapToDouble(percentile.getValue())
                                .peek(drawn)
                                .toArray();
                if (delays.length > 0) {
                    chart.marked(
                            each.getKey() + ", " + percentile.getKey(),
                            loads.stream().mapToDouble(Load::rate).toArray(),
                            delays,
                            COLORS[kind],
                            style++);
                }
            }
            kind++;
        }
        if (saturation.isPresent() && drawn.getCount() > 0) {
            double rate = saturation.getAsDouble();
            chart.dashed("saturated", rate, drawn.getMin(), rate, drawn.getMax(), Chart.BLACK);
        }
        if (drawn.getCount() > 0) {
            toPowersOfTen(chart);
        }
        return chart;
    }

    private static Chart chart(String x, String y) {
        return new Chart(x, y, LegendPosition.OutsideE, WIDTH, HEIGHT)
                .patterns("#,##0", "#,##0.##");
    }
}
