package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.lab.evaluate.page.Html;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One false alarm with its evidence and the vehicle that really passed. */
final class FalseAlarmCard {
    /** Log odds that fill half a bar; odds beyond 400 to 1 get no more width. */
    private static final double FULL_BAR = 6;

    private final Map<String, GroundTruth.Passage> passages;

    /**
     * @param passages passages of the ground truth, by readId
     */
    FalseAlarmCard(Map<String, GroundTruth.Passage> passages) {
        this.passages = passages;
    }

    /**
     * Adds the card.
     *
     * @param others number of further alerts with the same read text and entry
     */
    void write(ScoredAlert alert, ShownAlert shown, int others, Html html) {
        boolean review = alert.action() == Alert.Action.REVIEW;
        html.raw("<div class=\"card" + (review ? " review" : "") + "\">\n<div class=\"head\">");
        html.element("span", "badge", review ? "REVIEW" : "ALERT");
        html.element("h3", "", shown.headline() == null ? alert.alertId() : shown.headline());
        html.element("span", "score", String.format(Locale.ROOT, "score %.3f", alert.score()));
        html.raw("</div>\n");
        plates(shown, html);
        html.raw("<dl class=\"facts\">\n");
        fact(html, "Really", really(alert));
        fact(html, "Read", read(alert, shown));
        fact(html, "Listed", listed(alert, shown.entry()));
        fact(
                html,
                "Where and when",
                Stream.of(alert.deviceId(), Instant.ofEpochMilli(alert.startedAt()).toString())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", ")));
        fact(html, "Alert", alert.alertId() + (others == 0 ? "" : ", and " + others + " like it"));
        html.raw("</dl>\n");
        parts(shown.parts(), html);
        html.raw("</div>\n");
    }

    private String really(ScoredAlert alert) {
        String known =
                alert.reads().stream()
                        .map(passages::get)
                        .filter(Objects::nonNull)
                        .map(
                                passage ->
                                        String.format(
                                                "%s passed under the plate %s, read as %s (%s)%s",
                                                passage.vehicle(),
                                                passage.shown(),
                                                passage.read(),
                                                passage.readClass(),
                                                passage.shown().equals(passage.registered())
                                                        ? ""
                                                        : ", its tag names "
                                                                + passage.registered()))
                        .distinct()
                        .collect(Collectors.joining("; "));
        return known.isEmpty()
                ? "no passage that the truth names: an innocent car, its plate read rightly"
                : known;
    }

    private static String read(ScoredAlert alert, ShownAlert shown) {
        return Stream.of(
                        shown.plate(),
                        shown.confidence() == null
                                ? null
                                : String.format(Locale.ROOT, "confidence %.2f", shown.confidence()),
                        looks(shown.vehicle()),
                        String.join(" ", alert.reads()))
                .filter(text -> text != null && !text.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static String listed(ScoredAlert alert, HotlistEntry entry) {
        if (entry == null) {
            return alert.entryId() + " · priority " + alert.priority();
        }
        return Stream.of(
                        entry.plate() != null
                                ? entry.plate()
                                : entry.pattern() != null ? entry.pattern() : entry.tagId(),
                        looks(entry.vehicle()),
                        entry.reason(),
                        entry.caseNumber(),
                        entry.entryId(),
                        "priority " + entry.priority())
                .filter(text -> text != null && !text.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static String looks(Vehicle vehicle) {
        return vehicle == null
                ? null
                : Stream.of(vehicle.color(), vehicle.make(), vehicle.model(), vehicle.type())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" "));
    }

    private static void plates(ShownAlert shown, Html html) {
        if (shown.read() == null || shown.listed() == null) {
            return;
        }
        html.raw("<div class=\"plates\"><span>read</span><span>")
                .raw(marked(shown.read(), shown.listed()))
                .raw("</span><span>listed</span><span>")
                .raw(marked(shown.listed(), shown.read()))
                .raw("</span></div>\n");
    }

    private static String marked(String text, String other) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            String c = Html.escaped(String.valueOf(text.charAt(i)));
            boolean same = i < other.length() && other.charAt(i) == text.charAt(i);
            out.append(same ? c : "<mark>" + c + "</mark>");
        }
        return out.toString();
    }

    private static void parts(List<ShownAlert.Part> parts, Html html) {
        if (parts.isEmpty()) {
            return;
        }
        html.raw("<div class=\"parts\">\n");
        for (ShownAlert.Part part : parts) {
            double width = Math.min(1, Math.abs(part.logOdds()) / FULL_BAR) * 50;
            html.element("span", "", part.name());
            html.raw(
                    String.format(
                            Locale.ROOT,
                            "<span class=\"bar\"><i class=\"%s\" style=\"width:%.1f%%\"></i></span>",
                            part.logOdds() < 0 ? "against" : "for",
                            width));
            html.element("span", "value", String.format(Locale.ROOT, "%+.1f", part.logOdds()));
            html.element("span", "", part.text() == null ? "" : part.text());
        }
        html.raw("</div>\n");
    }

    private static void fact(Html html, String name, String value) {
        html.element("dt", "", name).element("dd", "", value);
    }
}
