package io.atalaya.simulator.camera;

import java.time.Instant;
import java.time.ZoneId;

/** Relative activity by hour of the local day; assumed, not measured. */
final class DailyProfile {
    private static final ZoneId ZONE = ZoneId.of("America/Mexico_City");

    private static final double[] VEHICLES = {
        0.18, 0.12, 0.10, 0.10, 0.16, 0.35, 0.70, 0.95, 1.00, 0.85, 0.75, 0.75,
        0.80, 0.85, 0.90, 0.88, 0.90, 0.97, 1.00, 0.90, 0.70, 0.50, 0.38, 0.25
    };

    private static final double[] PEOPLE = {
        0.10, 0.07, 0.05, 0.05, 0.08, 0.20, 0.50, 0.80, 0.85, 0.70, 0.70, 0.80,
        0.95, 1.00, 1.00, 0.90, 0.85, 0.90, 1.00, 0.90, 0.65, 0.45, 0.30, 0.18
    };

    private DailyProfile() {}

    static double ofVehicles(long time) {
        return at(VEHICLES, time);
    }

    static double ofPeople(long time) {
        return at(PEOPLE, time);
    }

    /** Interpolates between the middles of hours, without steps. */
    private static double at(double[] hours, long time) {
        double hour =
                Instant.ofEpochMilli(time).atZone(ZONE).toLocalTime().toSecondOfDay() / 3600.0;
        int before = (int) Math.floor(hour - 0.5 + 24) % 24;
        double part = (hour - 0.5 + 24) % 1;
        return (1 - part) * hours[before] + part * hours[(before + 1) % 24];
    }
}
