package io.atalaya.lab.evaluate.score;

import java.util.List;
import java.util.Map;

/**
 * How the alerts of cameras compare with the truth.
 *
 * @param episodes that had to be found
 * @param alerts that stand or are false, but the excused ones
 * @param excused by something else that happened there, such as the queue behind a stopped car
 * @param cancelled taken back
 * @param cameraHours recorded, or 0 where the truth does not say
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

    /** One type of alert: {@code wrong} of the {@code alerts} are about nothing. */
    public record Kind(int required, int found, int alerts, int wrong, Delays delays) {}

    public int found() {
        return kinds.values().stream().mapToInt(Kind::found).sum();
    }

    /** Alerts over incidents, or null without any. */
    public Double alertsPerIncident() {
        return episodes == 0 ? null : (double) alerts / episodes;
    }

    /** False alerts an hour of one camera, or null where the hours are not known. */
    public Double falsePerCameraHour() {
        return cameraHours == 0 ? null : falseOnes.size() / cameraHours;
    }
}
