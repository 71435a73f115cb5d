package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.json.JsonOut;
import io.atalaya.lab.evaluate.score.Figures.Found;
import io.atalaya.lab.evaluate.score.Figures.TypeFigures;

import java.io.IOException;
import java.util.ArrayList;

/**
 * Writes the figures as one JSON object, for scripts that compare runs. Delays are in milliseconds.
 */
public final class FiguresJson {
    private FiguresJson() {}

    /**
     * Writes all figures.
     *
     * @param cameras null without camera figures
     * @param unusual null without figures of anomaly models
     */
    public static byte[] write(Figures figures, CameraFigures cameras, UnusualFigures unusual) {
        return JsonOut.object(
                out -> {
                    out.objects("types", figures.types(), FiguresJson::type);
                    out.objects(
                            "unjudged",
                            new ArrayList<>(figures.unjudged().entrySet()),
                            (entry, o) -> {
                                o.string("type", entry.getKey());
                                o.number("alerts", entry.getValue());
                            });
                    out.object("cameras", cameras, CameraFiguresJson::write);
                    out.object("unusual", unusual, UnusualFiguresJson::write);
                });
    }

    private static void type(TypeFigures type, JsonOut out) throws IOException {
        out.string("type", type.type());
        out.number("alerts", type.alerts());
        out.number("cancelled", type.cancelled());
        found(type.found(), out);
        out.number("rightAlerts", type.rightAlerts());
        out.number("rightReviews", type.rightReviews());
        out.number("falseAlerts", type.falseAlerts());
        out.number("falseReviews", type.falseReviews());
        out.number("precision", type.precision());
        out.number("precisionWithReviews", type.precisionWithReviews());
        out.number("strayReads", type.strayReads());
        out.number("alertedTwice", type.twice());
        out.object("delayMs", type.delays(), FiguresJson::delays);
        out.string("delayFrom", type.delayClock());
        out.objects(
                "groups",
                new ArrayList<>(type.groups().entrySet()),
                (group, o) -> {
                    o.string("group", group.getKey());
                    found(group.getValue(), o);
                    o.object(
                            "delayMs", type.groupDelays().get(group.getKey()), FiguresJson::delays);
                });
        out.strings("missedOnes", type.missed());
        out.strings("falseOnes", type.falseOnes());
    }

    private static void found(Found found, JsonOut out) throws IOException {
        out.number("required", found.required());
        out.number("found", found.found());
        out.number("foundByAlert", found.alerted());
        out.number("foundByReview", found.reviewed());
        out.number("missed", found.missed());
        out.number("recall", found.recall());
        out.number("optional", found.optional());
        out.number("optionalFound", found.optionalFound());
    }

    private static void delays(Delays delays, JsonOut out) throws IOException {
        out.number("count", delays.count());
        out.number("p50", delays.p50());
        out.number("p95", delays.p95());
        out.number("max", delays.max());
    }
}
