package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.CameraEvidence.Measure;
import io.atalaya.contracts.alert.MeasureKind;

import java.util.List;

/** The numbers behind an episode as named measures with limit and unit. */
final class Measures {
    private Measures() {}

    static List<Measure> of(EpisodeUpdate update) {
        double value = update.value();
        double limit = update.limit();
        double more = update.more();
        return switch (update.type()) {
            case STOPPED_VEHICLE -> List.of(MeasureKind.STANDING.of(value, limit));
            case LOITERING -> List.of(MeasureKind.STAYING.of(value, limit));
            case WRONG_WAY ->
                    List.of(
                            MeasureKind.AGAINST_TRAFFIC.of(value, limit),
                            MeasureKind.CHANCE.of(more));
            case SPEEDING -> List.of(MeasureKind.TIMES_USUAL_SPEED.of(value, limit));
            case CRAWLING ->
                    List.of(
                            MeasureKind.TIMES_USUAL_SPEED.of(value, limit),
                            MeasureKind.CRAWLING.of(more));
            case CROWD ->
                    List.of(MeasureKind.PEOPLE.of(value, limit), MeasureKind.PEOPLE_NOW.of(more));
            case CONGESTION ->
                    List.of(
                            MeasureKind.SLOW_VEHICLES.of(value, limit),
                            MeasureKind.SHARE_OF_VEHICLES.of(more));
            case ABANDONED_OBJECT ->
                    List.of(MeasureKind.LYING.of(value, limit), MeasureKind.UNATTENDED.of(more));
            case ZONE_INTRUSION -> List.of(MeasureKind.IN_ZONE.of(value, limit));
            case CAMERA_SILENT ->
                    List.of(
                            MeasureKind.SILENT.of(value, limit),
                            MeasureKind.LONGEST_USUAL_PAUSE.of(more));
            case CAMERA_FROZEN -> List.of(MeasureKind.REPEATING.of(value, limit));
            case CAMERA_MOVED ->
                    more > 0
                            ? List.of(
                                    MeasureKind.EMPTY.of(value, limit),
                                    MeasureKind.USUALLY_PER_MINUTE.of(more))
                            : List.of(MeasureKind.MISFIT.of(value, limit));
            case STREAM_INCONSISTENT ->
                    List.of(
                            (more == 1
                                            ? MeasureKind.FRAMES_BACKWARDS
                                            : more == 2
                                                    ? MeasureKind.BOXES_OUTSIDE
                                                    : MeasureKind.IDS_RECYCLED)
                                    .of(value, limit));
            default -> List.of();
        };
    }
}
