package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;
import java.util.ArrayList;

/** Writes the camera figures as a JSON object. Delays are in milliseconds. */
public final class CameraFiguresJson {
    private CameraFiguresJson() {}

    /** Writes the fields of the object. */
    public static void write(CameraFigures figures, JsonOut out) throws IOException {
        out.number("incidents", figures.episodes());
        out.number("found", figures.found());
        out.number("alerts", figures.alerts());
        out.number("excused", figures.excused());
        out.number("cancelled", figures.cancelled());
        out.number("alertsPerIncident", figures.alertsPerIncident());
        out.number("cameraHours", figures.cameraHours());
        out.number("falsePerCameraHour", figures.falsePerCameraHour());
        out.objects(
                "types",
                new ArrayList<>(figures.kinds().entrySet()),
                (each, o) -> {
                    o.string("type", each.getKey());
                    o.number("required", each.getValue().required());
                    o.number("found", each.getValue().found());
                    o.number("alerts", each.getValue().alerts());
                    o.number("false", each.getValue().wrong());
                    o.object("delayMs", each.getValue().delays(), CameraFiguresJson::writeDelays);
                });
        out.strings("missedOnes", figures.missed());
        out.strings("falseOnes", figures.falseOnes());
    }

    static void writeDelays(Delays delays, JsonOut out) throws IOException {
        out.number("count", delays.count());
        out.number("p50", delays.p50());
        out.number("p95", delays.p95());
        out.number("max", delays.max());
    }
}
