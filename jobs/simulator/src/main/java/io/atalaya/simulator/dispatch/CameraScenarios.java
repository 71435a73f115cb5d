package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.device.Device;
import io.atalaya.simulator.dispatch.SourceRecords.Occurrence;
import io.atalaya.simulator.dispatch.Towns.Spot;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.random.SeededRandom;

import java.util.List;

/** What only cameras notice, and cameras that fail. */
final class CameraScenarios {
    private static final double FAULTS_PER_DAY = 40;

    /** Alerts a day in the reference installation, where few cameras have analytics so far. */
    private enum Scene {
        SUSPICIOUS("suspicious", 50, 250, AlertType.LOITERING, AlertType.UNUSUAL_ACTIVITY),
        CROWD("crowd", 50, 60, AlertType.CROWD, AlertType.CROWD),
        TRAFFIC("traffic", 35, 300, AlertType.CONGESTION, AlertType.CRAWLING),
        HAZARD("road-hazard", 60, 60, AlertType.STOPPED_VEHICLE, AlertType.WRONG_WAY),
        TRESPASS("trespass", 60, 40, AlertType.ZONE_INTRUSION, AlertType.LINE_CROSSING);

        private final String kind;
        private final int priority;
        private final double perDay;
        private final List<AlertType> types;

        Scene(String kind, int priority, double perDay, AlertType first, AlertType second) {
            this.kind = kind;
            this.priority = priority;
            this.perDay = perDay;
            this.types = List.of(first, second);
        }
    }

    private final DispatchOptions options;
    private final Towns towns;
    private final SourceRecords records;
    private final SeededRandom random;

    CameraScenarios(
            DispatchOptions options, Towns towns, SourceRecords records, SeededRandom random) {
        this.options = options;
        this.towns = towns;
        this.records = records;
        this.random = random;
    }

    void add() {
        for (Scene scene : Scene.values()) {
            for (long time : times(scene.perDay)) {
                scene(scene, time);
            }
        }
        for (long time : times(FAULTS_PER_DAY)) {
            fault(time);
        }
    }

    private List<Long> times(double perDay) {
        return SourceRecords.times(random, options, perDay * options.load(), CallScenarios.HOURS);
    }

    private void scene(Scene scene, long time) {
        Device camera = random.oneOf(towns.cameras());
        Occurrence seen =
                records.at(
                        Spot.of(camera),
                        scene.kind,
                        scene.priority,
                        random.happens(0.7) ? Outcome.FALSE_ALARM : Outcome.REAL,
                        time);
        alert(seen, random.oneOf(scene.types), camera, time);
        if (random.happens(0.3)) {
            long later = time + (long) random.between(10_000, 120_000);
            alert(seen, random.oneOf(scene.types), camera, later);
        }
    }

    private void alert(Occurrence seen, AlertType type, Device camera, long time) {
        long arrives = time + (long) random.between(300, 1_500);
        Alert alert = Alerts.camera(type, camera, time, random.between(0.5, 0.95));
        seen.alert(alert, arrives);
        long end = arrives + (long) random.exponential(180_000);
        if (end < options.end()) {
            seen.alert(Alerts.next(alert, Alert.Status.ENDED, end), end);
        }
    }

    private void fault(long time) {
        Device camera = random.oneOf(towns.cameras());
        Occurrence fault = records.fault(Spot.of(camera), time, Outcome.REAL);
        alert(
                fault,
                random.oneOf(List.of(AlertType.CAMERA_SILENT, AlertType.CAMERA_FROZEN)),
                camera,
                time);
    }
}
