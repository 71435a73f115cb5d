package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.evidence.Evidence.Origin;
import io.atalaya.dispatch.policy.Jurisdiction;
import io.atalaya.dispatch.policy.Jurisdiction.Municipality;

/**
 * Finds the place of an event and the command centre that answers for it. What the registration of
 * its device says has precedence, polygons are for the rest.
 */
public final class Locator {
    /** How well the place of a device is known. */
    private static final double DEVICE_RADIUS_METRES = 20;

    private final Jurisdiction jurisdiction;

    public Locator(Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
    }

    /** The place of a device, or null where it is unknown or links nothing. */
    static Place place(Double latitude, Double longitude) {
        return Place.usableOrNull(latitude, longitude, DEVICE_RADIUS_METRES);
    }

    /**
     * The registered place of a device, or null.
     *
     * @param registered or null
     */
    public static Place place(Device registered) {
        return registered == null ? null : place(registered.latitude(), registered.longitude());
    }

    /**
     * @param registered the device, or null
     */
    public Origin origin(
            String deviceId,
            Device registered,
            Place place,
            Premises premises,
            boolean isOpenHours) {
        return origin(
                deviceId,
                registered == null ? null : registered.site(),
                registered == null ? null : registered.municipality(),
                place,
                premises,
                isOpenHours);
    }

    /**
     * @param site of the registration, or null
     * @param municipality of the registration, or null
     */
    Origin origin(
            String deviceId,
            String site,
            String municipality,
            Place place,
            Premises premises,
            boolean isOpenHours) {
        Municipality found =
                municipality != null
                        ? new Municipality(municipality, jurisdiction.site(municipality))
                        : place == null ? null : jurisdiction.at(place);
        return new Origin(
                deviceId,
                site != null || found == null ? site : found.site(),
                found == null ? null : found.name(),
                premises,
                isOpenHours);
    }
}
