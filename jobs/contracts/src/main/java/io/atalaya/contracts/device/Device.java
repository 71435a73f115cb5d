package io.atalaya.contracts.device;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One entry of topic {@code devices}: a reader, camera or other device, and its location.
 *
 * @param site the command centre that owns the place, or null; a blank name counts as null, because
 *     it would be displayed and would be a site that no scope can name
 * @param latitude degrees, or null where unknown
 * @param longitude degrees, or null where unknown
 * @param heading degrees clockwise from north, or null
 * @param lanes or null
 * @param fps frames a second, or null
 * @param timezone IANA name, or null
 * @param zones drawn in a camera's image, usually none
 */
public record Device(
        String deviceId,
        Kind kind,
        String site,
        String municipality,
        Double latitude,
        Double longitude,
        Double heading,
        Integer lanes,
        Double fps,
        String timezone,
        List<Zone> zones) {
    public static final RecordCodec<Device> CODEC = new RecordCodec<>(Device.class, 256 * 1024);

    /** More zones in one image are a fault; the state of a track has one bit per zone. */
    public static final int MAX_ZONES = 32;

    private static final int MAX_NAME = 128;

    public Device {
        Field.text("deviceId", deviceId, 1, MAX_NAME);
        Field.required("kind", kind);
        site = nameOrNull("site", site);
        municipality = nameOrNull("municipality", municipality);
        latitude = Field.numberOrNull("latitude", latitude, -90, 90);
        longitude = Field.numberOrNull("longitude", longitude, -180, 180);
        heading = Field.numberOrNull("heading", heading, -360, 360);
        if (lanes != null) {
            Field.integer("lanes", lanes, 0, 255);
        }
        fps = Field.numberOrNull("fps", fps, 0, 1000);
        timezone = nameOrNull("timezone", timezone);
        requireTimezone(timezone);
        requireOneZoneEach(zones);
        zones = zones.stream().filter(zone -> zone != Zone.FOREIGN).toList();
    }

    private static String nameOrNull(String field, String name) {
        return name == null || Field.text(field, name, 0, MAX_NAME).isBlank() ? null : name;
    }

    /** An unknown time zone would break every display of the device's times. */
    private static void requireTimezone(String timezone) {
        try {
            if (timezone != null) {
                ZoneId.of(timezone);
            }
        } catch (DateTimeException e) {
            throw Field.invalid("timezone", timezone, "a time zone such as America/Mexico_City");
        }
    }

    private static void requireOneZoneEach(List<Zone> zones) {
        if (zones.size() > MAX_ZONES) {
            throw Field.fault(
                    "zones", zones.size() + " elements", "at most " + MAX_ZONES + " elements");
        }
        Set<String> zoneIds = new HashSet<>();
        for (int i = 0; i < zones.size(); i++) {
            Zone zone = zones.get(i);
            if (zone != Zone.FOREIGN && !zoneIds.add(zone.zoneId())) {
                throw Field.invalid(
                        "zones[" + i + "].zoneId",
                        zone.zoneId(),
                        "an id that no zone before it has");
            }
        }
    }

    /** A device without zones. */
    public Device(
            String deviceId,
            Kind kind,
            String site,
            String municipality,
            Double latitude,
            Double longitude,
            Double heading,
            Integer lanes,
            Double fps,
            String timezone) {
        this(
                deviceId,
                kind,
                site,
                municipality,
                latitude,
                longitude,
                heading,
                lanes,
                fps,
                timezone,
                List.of());
    }

    /** Whether the device's location is known. */
    public boolean isPlaced() {
        return latitude != null && longitude != null;
    }

    /** The kind of device. */
    public enum Kind {
        ARCH,
        CAMERA,
        BUTTON,
        DRONE,
        SPEAKER
    }
}
