package io.atalaya.lab.evaluate.camera;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraAnomaly;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the truth says of one alert of a camera. */
final class CameraTruth {
    private static final Set<String> UNUSUAL =
            Set.of(AlertType.UNUSUAL_TRAJECTORY.wireName(), AlertType.UNUSUAL_ACTIVITY.wireName());

    private static final Set<String> SPEEDS =
            Set.of(AlertType.SPEEDING.wireName(), AlertType.CRAWLING.wireName());

    /** Which alerts of rules something explains, beside those of its own type. */
    private static final Map<String, Set<String>> EXCUSES =
            Map.of(
                    AlertType.STOPPED_VEHICLE.wireName(), Set.of("congestion", "crawling"),
                    AlertType.CONGESTION.wireName(), Set.of("stopped-vehicle", "crawling"),
                    AlertType.CROWD.wireName(), Set.of("loitering"));

    /** Which alerts of rules are about a street that nobody comes along. */
    private static final Set<String> OF_EMPTINESS =
            Set.of(
                    AlertType.CAMERA_MOVED.wireName(),
                    AlertType.CAMERA_FROZEN.wireName(),
                    AlertType.CAMERA_SILENT.wireName(),
                    AlertType.CONGESTION.wireName());

    private final GroundTruth truth;

    /** What an alert is worth. */
    enum Verdict {
        /** About an anomaly of its type. */
        RIGHT,
        /** About something else that happened, which explains it. */
        EXCUSED,
        /** About nothing in the truth. */
        FALSE
    }

    CameraTruth(GroundTruth truth) {
        this.truth = truth;
    }

    /** Whether models tell it, within a budget, and not a rule. */
    static boolean isUnusual(String type) {
        return UNUSUAL.contains(type);
    }

    /** Those that rules are to find. */
    List<CameraAnomaly> forRules() {
        return truth.cameraAnomalies().stream().filter(each -> !isUnusual(each.type())).toList();
    }

    /** Those that only models can find. */
    List<CameraAnomaly> forModels() {
        return truth.cameraAnomalies().stream().filter(each -> isUnusual(each.type())).toList();
    }

    Verdict of(ScoredAlert alert) {
        if (truth.cameraAnomalies().stream().anyMatch(anomaly -> isAbout(alert, anomaly))) {
            return Verdict.RIGHT;
        }
        return isExcused(alert) ? Verdict.EXCUSED : Verdict.FALSE;
    }

    /**
     * Whether an alert is about an anomaly: of its type and camera, at the same time. Unusual ways
     * must also be those of the same thing: there are many ways in a minute.
     */
    static boolean isAbout(ScoredAlert alert, CameraAnomaly anomaly) {
        return alert.type().equals(anomaly.type())
                && (isUnusual(alert.type())
                        ? isOfTheSame(alert, anomaly)
                        : overlaps(alert, anomaly));
    }

    /** Whether a rule has told what is for models to find. */
    static boolean tells(ScoredAlert ofRule, CameraAnomaly anomaly) {
        return anomaly.trackIds().isEmpty()
                ? OF_EMPTINESS.contains(ofRule.type()) && overlaps(ofRule, anomaly)
                : isOfTheSame(ofRule, anomaly) && !ofRule.trackIds().isEmpty();
    }

    private boolean isExcused(ScoredAlert alert) {
        boolean unusual = isUnusual(alert.type());
        return truth.cameraAnomalies().stream()
                        .anyMatch(
                                anomaly ->
                                        unusual
                                                ? isOfTheSame(alert, anomaly)
                                                : isUnusual(anomaly.type())
                                                        ? !anomaly.trackIds().isEmpty()
                                                                && tells(alert, anomaly)
                                                        : EXCUSES.getOrDefault(
                                                                                anomaly.type(),
                                                                                Set.of())
                                                                        .contains(alert.type())
                                                                && overlaps(alert, anomaly))
                || SPEEDS.contains(alert.type())
                        && truth.unusualSpeeds().stream()
                                .anyMatch(
                                        speed ->
                                                speed.deviceId().equals(alert.deviceId())
                                                        && !Collections.disjoint(
                                                                speed.trackIds(),
                                                                alert.trackIds()));
    }

    /** In time, and of one thing at least where both say of which. */
    static boolean isOfTheSame(ScoredAlert alert, CameraAnomaly anomaly) {
        return overlaps(alert, anomaly)
                && (alert.trackIds().isEmpty()
                        || anomaly.trackIds().isEmpty()
                        || !Collections.disjoint(alert.trackIds(), anomaly.trackIds()));
    }

    private static boolean overlaps(ScoredAlert alert, CameraAnomaly anomaly) {
        return anomaly.deviceId().equals(alert.deviceId())
                && alert.overlaps(anomaly.start(), anomaly.end(), anomaly.trackIds());
    }
}
