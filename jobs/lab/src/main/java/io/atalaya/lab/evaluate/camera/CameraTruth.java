package io.atalaya.lab.evaluate.camera;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.lab.evaluate.score.AlertHistory;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.Verdict;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Verdict of the ground truth on one camera alert. */
final class CameraTruth {
    private static final Set<String> UNUSUAL =
            Set.of(AlertType.UNUSUAL_TRAJECTORY.wireName(), AlertType.UNUSUAL_ACTIVITY.wireName());

    private static final Set<String> SPEEDS =
            Set.of(AlertType.SPEEDING.wireName(), AlertType.CRAWLING.wireName());

    /** Rule alert types that an anomaly of the key's type explains, besides its own type. */
    private static final Map<String, Set<String>> EXCUSES =
            Map.of(
                    AlertType.STOPPED_VEHICLE.wireName(), Set.of("congestion", "crawling"),
                    AlertType.CONGESTION.wireName(), Set.of("stopped-vehicle", "crawling"),
                    AlertType.CROWD.wireName(), Set.of("loitering"));

    /** Types of rule alerts that an empty street can explain. */
    private static final Set<String> OF_EMPTINESS =
            Set.of(
                    AlertType.CAMERA_MOVED.wireName(),
                    AlertType.CAMERA_FROZEN.wireName(),
                    AlertType.CAMERA_SILENT.wireName(),
                    AlertType.CONGESTION.wireName());

    private final GroundTruth truth;

    /** The last revision of a camera alert with its verdict. */
    record EvaluatedAlert(ScoredAlert alert, Verdict verdict) {
        double score() {
            return alert.score();
        }

        /** Whether an anomaly model raised it. */
        boolean isOfModel() {
            return isUnusual(alert.type());
        }

        long endsAt() {
            return alert.endedAt() == null ? alert.arrivalTime() : alert.endedAt();
        }

        /** Time between the alert and an anomaly; 0 if they overlap. */
        long millisFrom(CameraEpisode episode) {
            return Math.max(
                    0, Math.max(alert.startedAt() - episode.end(), episode.start() - endsAt()));
        }
    }

    CameraTruth(GroundTruth truth) {
        this.truth = truth;
    }

    /** Whether models raise this type, within a budget. */
    static boolean isUnusual(String type) {
        return UNUSUAL.contains(type);
    }

    /** The anomalies that rules must find. */
    List<CameraEpisode> forRules() {
        return truth.cameraEpisodes().stream().filter(each -> !isUnusual(each.type())).toList();
    }

    /** The anomalies that only models can find. */
    List<CameraEpisode> forModels() {
        return truth.cameraEpisodes().stream().filter(each -> isUnusual(each.type())).toList();
    }

    /** All camera alerts, in the order of their first revisions. */
    List<EvaluatedAlert> evaluate(List<ScoredAlert> revisions) {
        return AlertHistory.of(revisions).stream()
                .map(AlertHistory::last)
                .filter(CameraScorer::isOfCamera)
                .map(alert -> new EvaluatedAlert(alert, of(alert)))
                .toList();
    }

    Verdict of(ScoredAlert alert) {
        if (truth.cameraEpisodes().stream().anyMatch(episode -> isAbout(alert, episode))) {
            return Verdict.RIGHT;
        }
        return isExcused(alert) ? Verdict.EXCUSED : Verdict.FALSE;
    }

    /**
     * Whether an alert is about an anomaly: same type, camera and time. For unusual trajectories
     * the track must match as well, because a minute contains many trajectories.
     */
    static boolean isAbout(ScoredAlert alert, CameraEpisode episode) {
        return alert.type().equals(episode.type())
                && (isUnusual(alert.type())
                        ? isOfTheSame(alert, episode)
                        : overlaps(alert, episode));
    }

    /** Whether a rule alert reports an anomaly that is meant for models. */
    static boolean explains(ScoredAlert ofRule, CameraEpisode episode) {
        return episode.trackIds().isEmpty()
                ? OF_EMPTINESS.contains(ofRule.type()) && overlaps(ofRule, episode)
                : isOfTheSame(ofRule, episode) && !ofRule.trackIds().isEmpty();
    }

    private boolean isExcused(ScoredAlert alert) {
        boolean unusual = isUnusual(alert.type());
        return truth.cameraEpisodes().stream()
                        .anyMatch(
                                episode ->
                                        unusual
                                                ? isOfTheSame(alert, episode)
                                                : isUnusual(episode.type())
                                                        ? !episode.trackIds().isEmpty()
                                                                && explains(alert, episode)
                                                        : EXCUSES.getOrDefault(
                                                                                episode.type(),
                                                                                Set.of())
                                                                        .contains(alert.type())
                                                                && overlaps(alert, episode))
                || SPEEDS.contains(alert.type())
                        && truth.unusualSpeeds().stream()
                                .anyMatch(
                                        speed ->
                                                speed.deviceId().equals(alert.deviceId())
                                                        && !Collections.disjoint(
                                                                speed.trackIds(),
                                                                alert.trackIds()));
    }

    /** Whether they overlap in time and, if both name tracks, share a track. */
    static boolean isOfTheSame(ScoredAlert alert, CameraEpisode episode) {
        return overlaps(alert, episode)
                && (alert.trackIds().isEmpty()
                        || episode.trackIds().isEmpty()
                        || !Collections.disjoint(alert.trackIds(), episode.trackIds()));
    }

    private static boolean overlaps(ScoredAlert alert, CameraEpisode episode) {
        return episode.deviceId().equals(alert.deviceId())
                && alert.overlaps(episode.start(), episode.end(), episode.trackIds());
    }
}
