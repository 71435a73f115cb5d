package io.atalaya.simulator.condition;

import java.util.Locale;

/** Light, weather, density or a tool that makes detectors, trackers and readers worse. */
public enum Condition {
    CLEAR(Quality.UNCHANGED),
    NIGHT(new Quality(0.10, 60, 0.07, 120, 2, 0.02, 60, 0, 0.90, 0.85, 0.97, 0)),
    RAIN(new Quality(0.08, 45, 0.085, 120, 3, 0.02, 60, 0.001, 0.89, 0.92, 0.93, 0)),
    WIND(new Quality(0.03, 0, 0.05, 0, 2, 0.01, 0, 0.004, 0.97, 1, 1, 0)),
    CROWDED(new Quality(0.08, 60, 0.05, 40, 0.5, 0.02, 40, 0, 0.95, 0.95, 0.90, 600)),
    POOR_TRACKER(new Quality(0.05, 90, 0.05, 40, 2, 0.03, 25, 0, 0.95, 0.90, 0.92, 600));

    private final Quality quality;

    Condition(Quality quality) {
        this.quality = quality;
    }

    Quality quality() {
        return quality;
    }

    /** The name on the command line. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
