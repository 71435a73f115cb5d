package io.atalaya.device;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.json.JsonIn;
import io.atalaya.json.JsonOut;

import java.time.DateTimeException;
import java.time.ZoneId;

/** The codec of topic {@code devices}. */
public final class DeviceJson {
    public static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_NAME = 128;

    private DeviceJson() {}

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
                timezone);
    }

    /** A blank name is none: it would be shown, and would be a site that no scope can name. */
    private static String nameOrNone(JsonIn in) throws InvalidRecordException {
        String name = in.anyString(MAX_NAME);
        return name.isBlank() ? null : name;
    }

    /** Refused here, or whoever shows a time of the device would stumble over it. */
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
                });
    }
}
