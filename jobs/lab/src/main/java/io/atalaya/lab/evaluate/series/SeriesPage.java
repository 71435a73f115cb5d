package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.page.Html;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as one self-contained HTML page. */
final class SeriesPage {
    private static final int WORST = 12;

    private final Html html = new Html();

    private SeriesPage() {}

    /**
     * Writes the page.
     *
     * @param others other detectors on the same series
     * @param curve over all bars
     * @param bar the bar in force
     */
    static Html write(
            List<JudgedSeries> judged,
            Map<String, List<JudgedSeries>> others,
            BarCurve curve,
            double bar) {
        SeriesPage page = new SeriesPage();
        page.head(judged, others);
        page.plots(judged, others, curve, bar);
        page.worst(judged);
        page.each(judged);
        return page.html.end();
    }

    private void head(List<JudgedSeries> judged, Map<String, List<JudgedSeries>> others) {
        html.begin("Unusual activity in series")
                .element("h1", "", "Unusual activity in series")
                .element(
                        "p",
                        "soft",
                        String.format(
                                Locale.ROOT,
                                "%d series, %d labelled windows. Standard profile of the Numenta Anomaly"
                                        + " Benchmark: %.2f of %d. One setting for all series, fixed"
                                        + " before.",
                                judged.size(),
                                JudgedSeries.windowsOf(judged),
                                JudgedSeries.score(judged),
                                JudgedSeries.windowsOf(judged)));
        table(judged, others);
    }

    private void plots(
            List<JudgedSeries> judged,
            Map<String, List<JudgedSeries>> others,
            BarCurve curve,
            double bar) {
        html.element("h2", "", "Precision and recall")
                .plot(BarPlots.precisionRecall(curve, judged, others))
                .element(
                        "p",
                        "small soft",
                        "The curve: the same gate at other bars for the score. A point: a detector as"
                                + " it is set.")
                .element("h2", "", "Alarms a series and day against the bar")
                .plot(BarPlots.perDay(curve, bar))
                .element(
                        "p",
                        "small soft",
                        "A series is what a camera counts; the live job has a budget of alarms in the"
                                + " place of the bar.")
                .element("h2", "", "Scores")
                .plot(BarPlots.histogram(judged, bar));
    }

    private void worst(List<JudgedSeries> judged) {
        List<FalseAlarm> worst = FalseAlarm.worst(judged, WORST);
        html.element("h2", "", "The worst false alarms");
        if (worst.isEmpty()) {
            html.element("p", "", "None.");
        }
        for (int i = 0; i < worst.size(); i++) {
            FalseAlarm alarm = worst.get(i);
            html.element("h3", "", alarm.of().series().name())
                    .element("p", "small soft", alarm.describe())
                    .drawing("false-alarm-" + (i + 1), SeriesPlots.around(alarm, "worst-" + i));
        }
    }

    private void each(List<JudgedSeries> judged) {
        for (int i = 0; i < judged.size(); i++) {
            JudgedSeries each = judged.get(i);
            html.element("h2", "", each.series().name())
                    .element(
                            "p",
                            "soft",
                            String.format(
                                    Locale.ROOT,
                                    "%d of %d windows found, %d false alarms, score %.2f. Above the"
                                            + " values, below the score; a frame is a labelled window, and what is in the first 15 %% does not count.",
                                    each.result().windowsFound(),
                                    each.windows().size(),
                                    each.result().falseAlarms(),
                                    each.result().score()))
                    .raw(SeriesPlots.values(each, "values-" + i))
                    .raw(SeriesPlots.scores(each, "scores-" + i));
        }
    }

    private void table(List<JudgedSeries> judged, Map<String, List<JudgedSeries>> others) {
        html.raw(
                "<table>\n<tr><th>detector</th><th>windows found</th><th>false alarms</th><th>score</th></tr>\n");
        row("scene activity, network", judged);
        others.forEach(this::row);
        html.raw("</table>\n");
    }

    private void row(String name, List<JudgedSeries> all) {
        html.raw("<tr>")
                .element("td", "", name)
                .element("td", "", JudgedSeries.found(all) + " of " + JudgedSeries.windowsOf(all))
                .element("td", "", String.valueOf(JudgedSeries.falseAlarms(all)))
                .element("td", "", String.format(Locale.ROOT, "%.2f", JudgedSeries.score(all)))
                .raw("</tr>\n");
    }
}
