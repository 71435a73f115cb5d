package io.atalaya.lab.evaluate.camera;

import io.atalaya.contracts.alert.Alert.Action;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.List;

/** Alerts of cameras and a ground truth to add cameras to; times are seconds from its start. */
final class CameraAlerts {
    private static final long START = 1_772_539_200_000L;

    /** A ground truth without arches. */
    static final GroundTruth NO_ARCHES =
            new GroundTruth(
                    1, START, 300, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of(), null, List.of());

    private CameraAlerts() {}

    static long at(int seconds) {
        return START + 1000L * seconds;
    }

    static ScoredAlert alert(
            String id,
            int revision,
            Status status,
            Action action,
            String type,
            String camera,
            int emitted,
            int from,
            Integer until,
            double score,
            String... tracks) {
        return new ScoredAlert(
                at(emitted),
                id,
                revision,
                status,
                type,
                action,
                null,
                null,
                camera,
                at(from),
                until == null ? null : at(until),
                List.of(),
                List.of(tracks),
                score,
                50,
                null,
                null,
                null);
    }
}
