package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.lab.evaluate.hotlist.HotlistReport.Row;
import io.atalaya.lab.evaluate.hotlist.Plots.Mark;
import io.atalaya.lab.evaluate.hotlist.Plots.Threshold;
import io.atalaya.lab.evaluate.page.ChartStyle;
import io.atalaya.lab.evaluate.page.Html;
import io.atalaya.lab.evaluate.score.Figures;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import org.knowm.xchart.style.markers.SeriesMarkers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as one self-contained HTML page. */
final class ReportPage {
    static final int WORST = 25;
    private static final int MOST_MISSED = 60;

    private final HotlistReport report;
    private final String recording;
    private final Map<String, ShownAlert> evidence;
    private final Html html = new Html();

    /**
     * @param recording name of the recording
     * @param evidence evidence of the worst alerts, by alertId
     */
    ReportPage(HotlistReport report, String recording, Map<String, ShownAlert> evidence) {
        this.report = report;
        this.recording = recording;
        this.evidence = evidence;
    }

    String write() {
        html.begin("Hot-list matching: " + recording);
        head();
        tiles();
        comparison();
        ocrVerifications();
        precisionRecall();
        reliability();
        perDay();
        otherTypes();
        worst();
        missed();
        definitions();
        html.end();
        return html.toString();
    }

    private void head() {
        PlainRules plain = report.plain();
        html.element("h1", "", "Hot-list matching on " + recording);
        html.element(
                "p",
                "soft",
                String.format(
                        Locale.ROOT,
                        "%,d plate reads from %s to %s (%.2f days), %,d entries on the list at the"
                                + " end, %,d passages that must be found. Thresholds in force,"
                                + " priority:alert:review: %s.",
                        plain.reads(),
                        minute(plain.firstArrival()),
                        minute(plain.lastArrival()),
                        plain.days(),
                        plain.entries(),
                        report.required(),
                        thresholds()));
    }

    private void tiles() {
        Row ours = report.rows().get(0);
        html.raw("<div class=\"tiles\">\n");
        html.tile(
                share(
                        ours.tally().found(PassageGroup.EXACT),
                        ours.tally().required(PassageGroup.EXACT)),
                "of the passages read exactly found");
        html.tile(
                share(
                        ours.tally().found(PassageGroup.LOOK_ALIKE),
                        ours.tally().required(PassageGroup.LOOK_ALIKE)),
                "of those misread as look-alikes found");
        html.tile(rate(ours.falseAlerts()), "false alerts in 100,000 reads");
        html.tile(rate(ours.needlessReviews()), "needless reviews in 100,000 reads");
        html.tile(
                String.format(Locale.ROOT, "%.3f", report.reliabilityShown().calibrationError()),
                "calibration error of the score");
        html.raw("</div>\n");
    }

    private void comparison() {
        html.element("h2", "", "Beside two plain rules, on the same reads");
        ComparisonTable table = new ComparisonTable(report);
        List<List<Cell>> rows = table.rows();
        cells(table.header(), rows, rows.size() - PlainRule.values().length);
        html.element(
                "p",
                "small soft",
                "Passages by how the camera read the plate; “tag alone” are cars under a false plate;"
                        + " “before the entry” passed before they were listed. The plain rules"
                        + " compare canonical plates (O, Q, D as 0 and I as 1) with the entries in"
                        + " force, look at nothing else, and alert on every hit.");
    }

    private void ocrVerifications() {
        OpinionTable table = new OpinionTable(report);
        if (table.isEmpty()) {
            return;
        }
        html.element("h2", "", "What reading the plates' images again changes");
        cells(OpinionTable.HEADER, table.rows(), 1);
        html.element(
                "p",
                "small soft",
                "Without it a match has the score of its other evidence. Look-alikes and single edits:"
                        + " of the passages that nobody would be shown without it, those that"
                        + " somebody is. “Right ones hidden”: passages that somebody would be shown,"
                        + " and the image speaks so much against it that nobody is.");
    }

    /** A table whose first {@code ours} rows are the job's own. */
    private void cells(List<String> header, List<List<Cell>> rows, int ours) {
        html.raw("<div class=\"scroll\"><table>\n<tr>");
        header.forEach(cell -> html.element("th", "", cell));
        html.raw("</tr>\n");
        for (int i = 0; i < rows.size(); i++) {
            html.raw(i < ours ? "<tr class=\"ours\">" : "<tr>");
            for (Cell cell : rows.get(i)) {
                html.raw("<td>").text(cell.figure());
                if (!cell.detail().isEmpty()) {
                    html.element("small", "", cell.detail());
                }
                html.raw("</td>\n");
            }
            html.raw("</tr>\n");
        }
        html.raw("</table></div>\n");
    }

    private void precisionRecall() {
        html.element("h2", "", "Precision and recall");
        List<Mark> marks = new ArrayList<>();
        Row all = report.rows().get(0);
        Row alerts = report.rows().get(1);
        marks.add(
                new Mark(
                        "in force: alerts and reviews",
                        all.tally().recall(),
                        all.tally().precision(),
                        ChartStyle.BLUE,
                        SeriesMarkers.DIAMOND));
        marks.add(
                new Mark(
                        "in force: alerts alone",
                        alerts.tally().recall(),
                        alerts.tally().precision(),
                        ChartStyle.GREEN,
                        SeriesMarkers.SQUARE));
        report.plain()
                .tallies()
                .forEach(
                        (rule, tally) ->
                                marks.add(
                                        new Mark(
                                                rule.title(),
                                                tally.recall(),
                                                tally.precision(),
                                                rule == PlainRule.EQUALITY
                                                        ? ChartStyle.ORANGE
                                                        : ChartStyle.RED,
                                                rule == PlainRule.EQUALITY
                                                        ? SeriesMarkers.TRIANGLE_UP
                                                        : SeriesMarkers.TRIANGLE_DOWN)));
        html.plot(Plots.precisionRecall(report.curve(), report.required(), marks));
        html.element(
                "p",
                "small soft",
                "The curve shows every score from one threshold on, whatever the priority. The points"
                        + " in force lie beside it, because the thresholds differ by priority.");
    }

    private void reliability() {
        Reliability shown = report.reliabilityShown();
        Reliability all = report.reliabilityOfAll();
        html.element("h2", "", "Is a score what it says?");
        html.plot(Plots.reliability(shown));
        html.element(
                "p",
                "",
                String.format(
                        Locale.ROOT,
                        "Calibration error %.3f and Brier score %.3f over the %,d alerts of score %.3g"
                                + " or more, the lowest that a review is made from. Over all %,d down"
                                + " to %.2g: %.3f and %.3f.",
                        shown.calibrationError(),
                        shown.brier(),
                        shown.count(),
                        report.lowestReview(),
                        all.count(),
                        report.floor(),
                        all.calibrationError(),
                        all.brier()));
        List<List<String>> rows = new ArrayList<>();
        for (Reliability.Bin bin : shown.bins()) {
            rows.add(
                    List.of(
                            String.format(Locale.ROOT, "%.1f to %.1f", bin.from(), bin.to()),
                            String.format(Locale.ROOT, "%,d", bin.count()),
                            String.format(Locale.ROOT, "%.3f", bin.meanScore()),
                            String.format(Locale.ROOT, "%.3f", bin.share()),
                            String.format(Locale.ROOT, "± %.3f", bin.margin())));
        }
        table(List.of("score", "alerts", "mean score", "listed vehicle", "95 % interval"), rows);
    }

    private void perDay() {
        html.element("h2", "", "Alerts and reviews a day, by threshold");
        List<Threshold> bounds = new ArrayList<>();
        for (Thresholds.Band band : report.thresholds().bands()) {
            bounds.add(
                    new Threshold(
                            "ALERT from priority " + band.fromPriority(), band.alert(), true));
            bounds.add(
                    new Threshold(
                            "REVIEW from priority " + band.fromPriority(), band.review(), false));
        }
        html.plot(Plots.perDay(report.curve(), report.plain().days(), bounds));
        html.element(
                "p",
                "small soft",
                String.format(
                        Locale.ROOT,
                        "Both axes are stretched where it matters: scores by their odds, counts"
                                + " logarithmically. The scores come from a second run that shows all"
                                + " from %.2g on. At the thresholds in force that run comes to %,d of"
                                + " %,d passages found and %,d false ones, the run in force to %,d and"
                                + " %,d: they differ only where a shown read of low score hides or"
                                + " absorbs another.",
                        report.floor(),
                        report.atThresholds().found(),
                        report.required(),
                        report.atThresholds().wrong(),
                        report.rows().get(0).tally().found(),
                        report.rows().get(0).tally().wrong()));
    }

    private void otherTypes() {
        List<Figures.TypeFigures> others =
                report.figures().types().stream()
                        .filter(type -> !type.type().equals("hotlist-match"))
                        .toList();
        if (others.isEmpty()) {
            return;
        }
        html.element("h2", "", "The other types of alert");
        List<List<String>> rows = new ArrayList<>();
        for (Figures.TypeFigures type : others) {
            Figures.Found found = type.found();
            rows.add(
                    List.of(
                            type.type(),
                            String.valueOf(found.required()),
                            share(found.found(), found.required()),
                            String.valueOf(type.alerts()),
                            String.valueOf(type.cancelled()),
                            type.falseAlerts() == null
                                    ? "-"
                                    : String.valueOf(type.falseAlerts() + type.falseReviews())));
        }
        table(List.of("type", "required", "found", "alerts", "cancelled", "false"), rows);
    }

    private void worst() {
        List<HotlistReport.FalseAlarm> worst = report.falseAlarms(WORST);
        Row ours = report.rows().get(0);
        html.element("h2", "", "The worst false alarms, with all their evidence");
        if (worst.isEmpty()) {
            html.element("p", "", "There are none.");
            return;
        }
        html.element(
                "p",
                "small soft",
                String.format(
                        Locale.ROOT,
                        "%,d in all, alerts before reviews, the highest score first; those of one entry"
                                + " and one text are shown once. A bar to the right speaks for the"
                                + " listed vehicle; the number is the logarithm of the odds.",
                        ours.tally().wrong()));
        FalseAlarmCard card =
                new FalseAlarmCard(
                        report.truth().passages().stream()
                                .collect(
                                        Collectors.toMap(
                                                GroundTruth.Passage::readId, p -> p, (a, b) -> a)));
        for (HotlistReport.FalseAlarm alarm : worst) {
            ScoredAlert alert = alarm.worst().alert();
            card.write(alert, evidence.get(alert.alertId()), alarm.others(), html);
        }
    }

    private void missed() {
        List<String> missed =
                report.figures().types().stream()
                        .filter(type -> type.type().equals("hotlist-match"))
                        .flatMap(type -> type.missed().stream())
                        .toList();
        if (missed.isEmpty()) {
            return;
        }
        html.element("h2", "", "Missed");
        html.raw("<details><summary>")
                .text(
                        missed.size() > MOST_MISSED
                                ? "The first " + MOST_MISSED + " of " + missed.size()
                                : "All " + missed.size())
                .raw("</summary><ul>\n");
        missed.stream().limit(MOST_MISSED).forEach(text -> html.element("li", "", text));
        html.raw("</ul></details>\n");
    }

    private void definitions() {
        html.element("h2", "", "How it is counted");
        html.raw("<ul>\n");
        for (String line :
                List.of(
                        "An alert counts by its last revision; cancelled ones found nothing.",
                        "Right: about a passage that must alert. Neither right nor false: about one"
                                + " that may (a read two characters off, a clone's, one after the entry"
                                + " was removed). False: about none.",
                        "A false REVIEW is a needless review. Rates are in 100,000 plate reads, each"
                                + " readId once.",
                        "Precision is right / (right + false) over alerts; recall is over passages.",
                        "Calibration error: alerts in "
                                + Reliability.BINS
                                + " bins of equal width by score; the mean of |mean score − share that"
                                + " was the listed vehicle|, weighted by the bins' counts. Brier score:"
                                + " the mean of (score − outcome)². Passages of a listed plate on"
                                + " another car are left out of both.",
                        "A recording with known answers holds far more wanted vehicles than a real"
                                + " day: the share right of a score is only comparable with a day of"
                                + " as many.")) {
            html.element("li", "", line);
        }
        html.raw("</ul>\n");
    }

    private void table(List<String> header, List<List<String>> rows) {
        html.raw("<div class=\"scroll\"><table>\n<tr>");
        header.forEach(cell -> html.element("th", "", cell));
        html.raw("</tr>\n");
        for (List<String> row : rows) {
            html.raw("<tr>");
            row.forEach(cell -> html.element("td", "", cell));
            html.raw("</tr>\n");
        }
        html.raw("</table></div>\n");
    }

    private String thresholds() {
        return report.thresholds().bands().stream()
                .map(
                        band ->
                                String.format(
                                        Locale.ROOT,
                                        "%d:%.2f:%.2f",
                                        band.fromPriority(),
                                        band.alert(),
                                        band.review()))
                .collect(Collectors.joining(", "));
    }

    private String rate(int count) {
        return String.format(Locale.ROOT, "%,.1f", report.per100k(count));
    }

    private static String share(int found, int of) {
        return of == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * found / of);
    }

    private static String minute(long time) {
        return Instant.ofEpochMilli(time).toString().substring(0, 16).replace('T', ' ') + " UTC";
    }
}
