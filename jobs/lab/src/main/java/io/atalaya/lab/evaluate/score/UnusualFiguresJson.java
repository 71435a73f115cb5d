package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;
import java.util.ArrayList;

/** Writes what models add, as a JSON object. Delays are in milliseconds. */
public final class UnusualFiguresJson {
    private UnusualFiguresJson() {}

    /** Writes the fields of the object. */
    public static void write(UnusualFigures figures, JsonOut out) throws IOException {
        out.number("budget", figures.budget());
        out.number("cameraDays", figures.cameraDays());
        out.number("required", figures.required());
        out.number("unknownToRules", figures.unknown());
        out.number("added", figures.added());
        out.number("othersAdded", figures.othersAdded());
        out.objects(
                "kinds",
                new ArrayList<>(figures.kinds().entrySet()),
                (each, o) -> {
                    o.string("kind", each.getKey());
                    o.number("required", each.getValue().required());
                    o.number("unknownToRules", each.getValue().unknown());
                    o.number("found", each.getValue().found());
                    o.number("added", each.getValue().added());
                    o.object("delayMs", each.getValue().delays(), CameraFiguresJson::writeDelays);
                });
        out.objects(
                "types",
                new ArrayList<>(figures.types().entrySet()),
                (each, o) -> {
                    o.string("type", each.getKey());
                    o.number("alerts", each.getValue().alerts());
                    o.number("perCameraDay", figures.perCameraDay(each.getValue()));
                    o.number("right", each.getValue().right());
                    o.number("explained", each.getValue().explained());
                    o.number("others", each.getValue().others());
                });
        out.strings("missedOnes", figures.missed());
    }
}
