package io.atalaya.lab.evaluate.camera;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.lab.evaluate.page.Html;
import io.atalaya.lab.evaluate.page.SceneDrawing;
import io.atalaya.lab.evaluate.score.CameraFigures;
import io.atalaya.lab.evaluate.score.UnusualFigures;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraAnomaly;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The report on camera alerts as one self-contained HTML page. */
final class AlertPage {
    private static final int MOST_MISSED = 60;
    private static final int LONGEST = 160;

    private final GroundTruth truth;
    private final List<JudgedAlert> alerts;
    private final CameraFigures cameras;
    private final UnusualFigures unusual;
    private final AlertCurve rules;
    private final AlertCurve models;
    private final Html html = new Html();

    AlertPage(
            GroundTruth truth,
            List<JudgedAlert> alerts,
            CameraFigures cameras,
            UnusualFigures unusual,
            AlertCurve rules,
            AlertCurve models) {
        this.truth = truth;
        this.alerts = alerts;
        this.cameras = cameras;
        this.unusual = unusual;
        this.rules = rules;
        this.models = models;
    }

    /**
     * Writes the page.
     *
     * @param worst alerts to be shown
     * @param filmed trajectories around them; null for no drawings
     */
    Html write(List<JudgedAlert> worst, FilmedWays filmed) {
        html.begin("Alerts of cameras")
                .element("h1", "", "Alerts of cameras")
                .element(
                        "p",
                        "soft",
                        String.format(
                                Locale.ROOT,
                                "%,d cameras, %.1f camera-days; %,d alerts, %,d things happened that"
                                        + " rules are to find and %,d that only models can.",
                                truth.cameras(),
                                truth.cameraHours() / 24,
                                alerts.size(),
                                rules.required(),
                                models.required()));
        tiles();
        rulesTable();
        if (!unusual.isEmpty()) {
            modelsTable();
        }
        plots();
        worst(worst, filmed);
        missed();
        return html.end();
    }

    private void tiles() {
        html.raw("<div class=\"tiles\">\n");
        html.tile(cameras.found() + " of " + cameras.episodes(), "things for rules were found");
        html.tile(shown(cameras.falsePerCameraHour()), "false alerts of rules an hour of a camera");
        html.tile(shown(cameras.alertsPerIncident()), "alerts an incident");
        if (!unusual.isEmpty()) {
            html.tile(
                    unusual.added() + " of " + unusual.unknown(),
                    "incidents that no rule reports were added by models");
            html.tile(
                    shown(unusual.perCameraDay(unusual.together())),
                    "unusual alerts a camera and day; budget " + shown(unusual.budget()));
        }
        html.raw("</div>\n");
    }

    private void rulesTable() {
        html.element("h2", "", "What rules find");
        header("type", "required", "found", "alerts", "about nothing", "median delay", "goal");
        cameras.kinds()
                .forEach(
                        (type, kind) -> {
                            Integer goal = CameraGoals.DELAY_SECONDS.get(type);
                            row(
                                    type,
                                    String.valueOf(kind.required()),
                                    String.valueOf(kind.found()),
                                    String.valueOf(kind.alerts()),
                                    String.valueOf(kind.wrong()),
                                    kind.delays().count() > 0 ? seconds(kind.delays().p50()) : "-",
                                    goal == null ? "-" : goal + " s");
                        });
        html.raw("</table></div>\n");
    }

    private void modelsTable() {
        html.element("h2", "", "What models add");
        header("what happens", "required", "no rule finds", "found", "added", "median delay");
        unusual.kinds()
                .forEach(
                        (kind, each) ->
                                row(
                                        kind,
                                        String.valueOf(each.required()),
                                        String.valueOf(each.unknown()),
                                        String.valueOf(each.found()),
                                        String.valueOf(each.added()),
                                        each.delays().count() > 0
                                                ? seconds(each.delays().p50())
                                                : "-"));
        html.raw("</table></div>\n");
        header(
                "type",
                "alerts",
                "a camera and day",
                "about these",
                "about what rules find",
                "about others");
        unusual.types().forEach(this::typeRow);
        typeRow("together", unusual.together());
        html.raw("</table></div>\n");
        html.element(
                "p",
                "small soft",
                String.format(
                        Locale.ROOT,
                        "Budget: %.2f a camera and day, together. Within it none is false: they are the"
                                + " most unusual of what is usual. A camera says nothing until it is known,"
                                + " some half a day of ways and a day and a half of activity; the rate"
                                + " counts that time.",
                        unusual.budget()));
    }

    private void typeRow(String name, UnusualFigures.Type type) {
        row(
                name,
                String.valueOf(type.alerts()),
                shown(unusual.perCameraDay(type)),
                String.valueOf(type.right()),
                String.valueOf(type.explained()),
                String.valueOf(type.others()));
    }

    private void plots() {
        html.element("h2", "", "Precision and recall");
        html.plot(AlertPlots.precisionRecall(rules, models));
        html.element(
                "p",
                "small soft",
                "Over all thresholds of the score. What something else explains counts neither way."
                        + " Nothing is known of what scored too low to alert: the curves end at the"
                        + " settings of the run.");
        double days = truth.cameraHours() / 24;
        if (days > 0) {
            html.element("h2", "", "Alerts a camera and day against the threshold");
            html.element("h3", "", "Rules").plot(perDay(rules, days, null, "rules-per-day"));
            if (!unusual.isEmpty()) {
                html.element("h3", "", "Models")
                        .plot(perDay(models, days, unusual.budget(), "models-per-day"));
            }
        }
        html.element("h2", "", "Scores");
        html.element("h3", "", "Rules")
                .plot(
                        AlertPlots.histogram(
                                alerts.stream().filter(each -> !each.isOfModel()).toList(),
                                "rules-scores"));
        if (!unusual.isEmpty()) {
            html.element("h3", "", "Models")
                    .plot(
                            AlertPlots.histogram(
                                    alerts.stream().filter(JudgedAlert::isOfModel).toList(),
                                    "models-scores"));
        }
    }

    private static String perDay(AlertCurve curve, double days, Double budget, String id) {
        return AlertPlots.perCameraDay(curve, days, budget, id);
    }

    private void worst(List<JudgedAlert> worst, FilmedWays filmed) {
        html.element("h2", "", "The worst false alarms");
        if (worst.isEmpty()) {
            html.element("p", "", "None: every alert is about something that happened.");
            return;
        }
        html.element(
                "p",
                "small soft",
                "Alerts about nothing in the truth, of the highest score; those of models are shown"
                        + " after those of rules. Red: what the alert names, from its dots on. Grey: what"
                        + " else moved there within five minutes.");
        html.raw("<div class=\"views\">\n");
        for (int i = 0; i < worst.size(); i++) {
            JudgedAlert each = worst.get(i);
            html.raw("<div class=\"tile plot\">");
            List<Trajectory> around = filmed == null ? List.of() : filmed.all(each);
            if (!around.isEmpty()) {
                html.drawing(
                        "false-alarm-" + (i + 1),
                        new SceneDrawing("view-" + i, around).with(filmed.named(each)));
            }
            html.element("h3", "", each.alert().type())
                    .element("span", "", describe(each))
                    .raw("</div>\n");
        }
        html.raw("</div>\n");
    }

    private String describe(JudgedAlert judged) {
        return String.format(
                Locale.ROOT,
                "%s, %s UTC, for %d s, score %.2f%s. %s",
                judged.alert().deviceId() == null ? "many cameras" : judged.alert().deviceId(),
                Instant.ofEpochMilli(judged.alert().startedAt() / 1000 * 1000),
                (judged.until() - judged.alert().startedAt()) / 1000,
                judged.score(),
                judged.alert().isCancelled() ? ", taken back" : "",
                nearest(judged));
    }

    /** The nearest event in the ground truth, because it often explains the alert. */
    private String nearest(JudgedAlert judged) {
        return truth.cameraAnomalies().stream()
                .filter(each -> each.deviceId().equals(judged.alert().deviceId()))
                .min(Comparator.comparingLong(each -> away(judged, each)))
                .filter(each -> away(judged, each) < Duration.ofMinutes(15).toMillis())
                .map(
                        each ->
                                "Nearest in the truth: "
                                        + (each.kind() == null ? each.type() : each.kind())
                                        + ", "
                                        + away(judged, each) / 1000
                                        + " s away")
                .orElse("Nothing in the truth within 15 minutes");
    }

    private static long away(JudgedAlert judged, CameraAnomaly anomaly) {
        return Math.max(
                0,
                Math.max(
                        judged.alert().startedAt() - anomaly.end(),
                        anomaly.start() - judged.until()));
    }

    private void missed() {
        List<String> all =
                Stream.concat(cameras.missed().stream(), unusual.missed().stream()).toList();
        if (all.isEmpty()) {
            return;
        }
        html.element("h2", "", "Missed").raw("<ul>\n");
        all.stream().limit(MOST_MISSED).forEach(each -> html.element("li", "", shortened(each)));
        html.raw("</ul>\n");
        if (all.size() > MOST_MISSED) {
            html.element("p", "", "… and " + (all.size() - MOST_MISSED) + " more.");
        }
    }

    /** Limits the length, because a crowd can list a hundred track ids. */
    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }

    private void header(String... cells) {
        html.raw("<div class=\"scroll\"><table>\n<tr>");
        for (String cell : cells) {
            html.element("th", "", cell);
        }
        html.raw("</tr>\n");
    }

    private void row(String... cells) {
        html.raw("<tr>");
        for (String cell : cells) {
            html.element("td", "", cell);
        }
        html.raw("</tr>\n");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static String shown(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
