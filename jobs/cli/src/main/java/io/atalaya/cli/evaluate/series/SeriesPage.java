package io.atalaya.cli.evaluate.series;

import io.atalaya.cli.evaluate.report.Html;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as one HTML page that needs nothing beside it. */
final class SeriesPage {
    private final Html html = new Html();

    private SeriesPage() {}

    static String write(List<JudgedSeries> judged, Map<String, List<JudgedSeries>> others) {
        SeriesPage page = new SeriesPage();
        page.all(judged, others);
        return page.html.toString();
    }

    private void all(List<JudgedSeries> judged, Map<String, List<JudgedSeries>> others) {
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
        html.end();
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
