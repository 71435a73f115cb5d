package io.atalaya.lab.evaluate.score;

import java.util.List;
import java.util.Map;

/**
 * Camera alerts compared with the ground truth.
 *
 * @param episodes anomalies that had to be found
 * @param alerts standing or false alerts, without the excused ones
 * @param excused alerts explained by another event there, such as the queue behind a stopped
 *     vehicle
 * @param cancelled cancelled alerts
 * @param cameraHours recorded hours; 0 if the ground truth does not give them
 * @param kinds by type
 * @param missed descriptions
 * @param falseOnes descriptions
 */
public record CameraFigures(
        int episodes,
        int alerts,
        int excused,
        int cancelled,
        double cameraHours,
        Map<String, Kind> kinds,
        List<String> missed,
        List<String> falseOnes) {

    /** One type of alert: {@code wrong} of the {@code alerts} have no cause in the ground truth. */
    public record Kind(int required, int found, int alerts, int wrong, Delays delays) {}

    public int found() {
        return kinds.values().stream().mapToInt(Kind::found).sum();
    }

    /** Alerts per episode, or null without episodes. */
    public Double alertsPerIncident() {
        return episodes == 0 ? null : (double) alerts / episodes;
    }

    /** False alerts per camera-hour, or null if the hours are unknown. */
    public Double falsePerCameraHour() {
        return cameraHours == 0 ? null : falseOnes.size() / cameraHours;
    }
}
