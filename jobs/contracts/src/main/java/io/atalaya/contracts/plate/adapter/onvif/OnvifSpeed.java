package io.atalaya.contracts.plate.adapter.onvif;

import io.atalaya.contracts.json.NumberText;
import io.atalaya.contracts.onvif.OnvifElement;

/** Speeds: metres a second by the specification, kilometres an hour by one vendor. */
final class OnvifSpeed {
    private static final double KMH_PER_MPS = 3.6;
    private static final double MAX_KMH = 500;

    private OnvifSpeed() {}

    /**
     * The speed in km/h; null if it is unknown or out of range.
     *
     * @param vehicleInfo or null; a speed in it is a vendor's addition, in km/h
     * @param standard the specification's element, or null
     */
    static Double kmh(OnvifElement vehicleInfo, OnvifElement standard) {
        OnvifElement vendors = vehicleInfo == null ? null : vehicleInfo.child("Speed");
        if (vendors != null) {
            return within(NumberText.orNaN(vendors.text()));
        }
        return standard == null ? null : metresPerSecond(standard.text());
    }

    /** The speed in km/h; null if it is out of range. */
    static Double metresPerSecond(String text) {
        return within(NumberText.orNaN(text) * KMH_PER_MPS);
    }

    private static Double within(double kmh) {
        return kmh >= 0 && kmh <= MAX_KMH ? kmh : null;
    }
}
