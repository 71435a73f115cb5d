package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.CameraEvidence.Measure;

import java.util.List;

/** The numbers behind an episode as named measures with limit and unit. */
final class Measures {
    private Measures() {}

    static List<Measure> of(EpisodeUpdate update) {
        double value = update.value();
        double limit = update.limit();
        double more = update.more();
        return switch (update.type()) {
            case STOPPED_VEHICLE -> List.of(new Measure("standing", value, limit, "s"));
            case LOITERING -> List.of(new Measure("staying", value, limit, "s"));
            case WRONG_WAY ->
                    List.of(
                            new Measure("againstTraffic", value, limit, "s"),
                            new Measure("chance", more, null, null));
            case SPEEDING -> List.of(new Measure("timesUsualSpeed", value, limit, null));
            case CRAWLING ->
                    List.of(
                            new Measure("timesUsualSpeed", value, limit, null),
                            new Measure("crawling", more, null, "s"));
            case CROWD ->
                    List.of(
                            new Measure("people", value, limit, null),
                            new Measure("peopleNow", more, null, null));
            case CONGESTION ->
                    List.of(
                            new Measure("slowVehicles", value, limit, null),
                            new Measure("shareOfVehicles", more, null, null));
            case ABANDONED_OBJECT ->
                    List.of(
                            new Measure("lying", value, limit, "s"),
                            new Measure("unattended", more, null, "s"));
            case ZONE_INTRUSION -> List.of(new Measure("inZone", value, limit, "s"));
            case CAMERA_SILENT ->
                    List.of(
                            new Measure("silent", value, limit, "s"),
                            new Measure("longestUsualPause", more, null, "s"));
            case CAMERA_FROZEN -> List.of(new Measure("repeating", value, limit, "s"));
            case CAMERA_MOVED ->
                    more > 0
                            ? List.of(
                                    new Measure("empty", value, limit, "s"),
                                    new Measure("usuallyPerMinute", more, null, null))
                            : List.of(new Measure("misfit", value, limit, null));
            case STREAM_INCONSISTENT ->
                    List.of(
                            new Measure(
                                    more == 1
                                            ? "framesBackwards"
                                            : more == 2 ? "boxesOutside" : "idsRecycled",
                                    value,
                                    limit,
                                    null));
            default -> List.of();
        };
    }
}
