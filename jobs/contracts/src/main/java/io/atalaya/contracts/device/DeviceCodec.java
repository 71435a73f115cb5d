package io.atalaya.contracts.device;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The codec of topic {@code devices}. */
public final class DeviceCodec {
    public static final int MAX_BYTES = 256 * 1024;

    /** More zones in one image are a fault; the state of a track has one bit per zone. */
    public static final int MAX_ZONES = 32;

    private static final int MAX_NAME = 128;
    private static final int MAX_ZONE_ID = 32;
    private static final int MAX_POINTS = 64;

    /**
     * Smaller cross products, in fractions of the image, are rounding errors of points in one line.
     */
    private static final double LEAST_AREA = 1e-7;

    private DeviceCodec() {}

    /** Reads one message. */
    public static Device read(byte[] message) throws InvalidRecordException {
        String deviceId = null;
        Device.Kind kind = null;
        String site = null;
        String municipality = null;
        Double latitude = null;
        Double longitude = null;
        Double heading = null;
        Integer lanes = null;
        Double fps = null;
        String timezone = null;
        List<Zone> zones = List.of();
        Set<String> zoneIds = new HashSet<>();
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "deviceId" -> deviceId = in.string(MAX_NAME);
                    case "kind" -> kind = in.oneOf(Device.Kind.class);
                    case "site" -> site = nameOrNone(in);
                    case "municipality" -> municipality = nameOrNone(in);
                    case "latitude" -> latitude = in.number(-90, 90);
                    case "longitude" -> longitude = in.number(-180, 180);
                    case "heading" -> heading = in.number(-360, 360);
                    case "lanes" -> lanes = in.integer(0, 255);
                    case "fps" -> fps = in.number(0, 1000);
                    case "timezone" -> timezone = timezone(in);
                    case "zones" ->
                            zones =
                                    known(
                                            in.list(
                                                    MAX_ZONES,
                                                    i -> i.object(z -> readZone(z, zoneIds))));
                    default -> in.skip();
                }
            }
            in.required("deviceId", deviceId);
            in.required("kind", kind);
        }
        return new Device(
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
                zones);
    }

    /** Drops zones of unknown kinds, because other systems may draw zones for themselves. */
    private static List<Zone> known(List<Optional<Zone>> zones) {
        return zones.stream().flatMap(Optional::stream).toList();
    }

    /**
     * @param zoneIds of the zones before it; the method adds the zone's own id
     */
    private static Optional<Zone> readZone(JsonIn in, Set<String> zoneIds)
            throws InvalidRecordException {
        String zoneId = null;
        String kind = null;
        List<Zone.Point> polygon = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "zoneId" -> zoneId = in.string(MAX_ZONE_ID);
                case "kind" -> kind = in.string(MAX_NAME);
                case "polygon" -> polygon = in.list(MAX_POINTS, DeviceCodec::readPoint);
                default -> in.skip();
            }
        }
        in.required("zoneId", zoneId);
        in.required("kind", kind);
        in.required("polygon", polygon);
        for (Zone.Kind each : Zone.Kind.values()) {
            if (each.name().equals(kind)) {
                if (polygon.size() < each.leastPoints()) {
                    throw in.invalid(
                            "polygon",
                            polygon.size() + " points",
                            "at least " + each.leastPoints() + " for a zone of kind " + kind);
                }
                requireExtent(in, each, polygon);
                if (!zoneIds.add(zoneId)) {
                    throw in.invalid("zoneId", zoneId, "an id that no zone before it has");
                }
                return Optional.of(new Zone(zoneId, each, polygon));
            }
        }
        return Optional.empty();
    }

    /**
     * Rejects a single point, which no object can cross, and a line as an area, which no object can
     * be inside of.
     */
    private static void requireExtent(JsonIn in, Zone.Kind kind, List<Zone.Point> polygon)
            throws InvalidRecordException {
        Zone.Point first = polygon.get(0);
        Optional<Zone.Point> other = polygon.stream().filter(p -> !p.equals(first)).findFirst();
        if (other.isEmpty()) {
            throw in.invalid("polygon", "one point " + polygon.size() + " times", "several points");
        }
        if (kind == Zone.Kind.RESTRICTED
                && polygon.stream().allMatch(p -> isInLine(first, other.get(), p))) {
            throw in.invalid("polygon", "points in one line", "the corners of an area");
        }
    }

    private static boolean isInLine(Zone.Point a, Zone.Point b, Zone.Point c) {
        double across =
                ((double) b.x() - a.x()) * ((double) c.y() - a.y())
                        - ((double) b.y() - a.y()) * ((double) c.x() - a.x());
        return Math.abs(across) < LEAST_AREA;
    }

    private static Zone.Point readPoint(JsonIn in) throws InvalidRecordException {
        double[] point = in.numbers(2, 0, 1);
        return new Zone.Point((float) point[0], (float) point[1]);
    }

    /**
     * Turns a blank name into null, because it would be displayed and would be a site that no scope
     * can name.
     */
    private static String nameOrNone(JsonIn in) throws InvalidRecordException {
        String name = in.anyString(MAX_NAME);
        return name.isBlank() ? null : name;
    }

    /**
     * Rejects an unknown time zone here, because it would break every display of the device's
     * times.
     */
    private static String timezone(JsonIn in) throws InvalidRecordException {
        String timezone = nameOrNone(in);
        if (timezone != null) {
            try {
                ZoneId.of(timezone);
            } catch (DateTimeException e) {
                throw in.invalid(timezone, "a time zone such as America/Mexico_City");
            }
        }
        return timezone;
    }

    /** Writes one message. */
    public static byte[] write(Device device) {
        return JsonOut.object(
                out -> {
                    out.string("deviceId", device.deviceId());
                    out.name("kind", device.kind());
                    out.string("site", device.site());
                    out.string("municipality", device.municipality());
                    out.number("latitude", device.latitude());
                    out.number("longitude", device.longitude());
                    out.number("heading", device.heading());
                    out.number("lanes", device.lanes());
                    out.number("fps", device.fps());
                    out.string("timezone", device.timezone());
                    out.objects("zones", device.zones(), DeviceCodec::writeZone);
                });
    }

    private static void writeZone(Zone zone, JsonOut out) throws IOException {
        out.string("zoneId", zone.zoneId());
        out.name("kind", zone.kind());
        out.numberLists(
                "polygon",
                zone.points().stream().map(point -> new float[] {point.x(), point.y()}).toList());
    }
}
