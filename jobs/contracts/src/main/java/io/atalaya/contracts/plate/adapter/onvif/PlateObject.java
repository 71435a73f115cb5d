package io.atalaya.contracts.plate.adapter.onvif;

import io.atalaya.contracts.device.DeviceKey;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.NumberText;
import io.atalaya.contracts.onvif.OnvifElement;
import io.atalaya.contracts.onvif.OnvifTime;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.plate.adapter.ReadDraft;
import io.atalaya.contracts.plate.adapter.ReadId;

import java.util.Objects;
import java.util.Optional;

/** An object of a frame that has a plate. */
final class PlateObject {
    /**
     * Length of the fixed windows in which equal number and text are one vehicle. A stream repeats
     * its objects in every frame, and the number alone is not enough because some cameras number
     * all objects 0.
     */
    private static final long SAME_CAR_MILLIS = 10_000;

    private static final int MAX_LANE = 255;

    private final OnvifElement frame;
    private final OnvifElement object;
    private final String deviceId;

    PlateObject(OnvifElement frame, OnvifElement object, String deviceId) {
        this.frame = frame;
        this.object = object;
        this.deviceId = deviceId;
    }

    Optional<PlateRead> read() throws InvalidRecordException {
        OnvifElement info = object.at("Appearance", "LicensePlateInfo");
        String plate = info == null ? null : PlateInfo.plate(info);
        if (plate == null) {
            return Optional.empty();
        }
        long time = OnvifTime.utc(frame.path() + ".UtcTime", frame.attribute("UtcTime"));
        String source = frame.attribute("Source");
        String uuid = object.attribute("UUID");
        String vehicleId = uuid == null || uuid.isEmpty() ? null : ReadId.of(source, uuid);
        String readId =
                vehicleId != null
                        ? ReadId.of(vehicleId, time)
                        : ReadId.of(source, object.attribute("ObjectId"), plate, sameVehicle(time));
        OnvifElement vehicle = object.at("Appearance", "VehicleInfo");
        return Optional.of(
                new ReadDraft(
                                readId,
                                DeviceKey.require(deviceId),
                                time,
                                plate,
                                Objects.requireNonNullElse(
                                        PlateInfo.confidence(info), PlateInfo.CERTAIN))
                        .lane(lane())
                        .origin(PlateInfo.origin(info))
                        .speedKmh(OnvifSpeed.kmh(vehicle, object.at("Behaviour", "Speed")))
                        .vehicle(PlateInfo.vehicle(vehicle))
                        .plateImage(PlateInfo.image(info))
                        .imageRef(imageRef())
                        .supersedes(vehicleId)
                        .read());
    }

    private static long sameVehicle(long time) {
        return time - time % SAME_CAR_MILLIS;
    }

    private String imageRef() {
        OnvifElement reference = object.at("Appearance", "ImageRef");
        return reference == null
                        || reference.text().isEmpty()
                        || reference.text().length() > PlateReadCodec.MAX_REF
                ? null
                : reference.text();
    }

    /** The lane of a vendor's property; null if it is absent or not a lane. */
    private Integer lane() {
        for (OnvifElement property : object.all(e -> e.name().equals("Property"))) {
            if ("Lane".equalsIgnoreCase(property.attribute("name"))) {
                double lane = NumberText.orNaN(property.text());
                return lane >= 0 && lane <= MAX_LANE && lane == Math.rint(lane) ? (int) lane : null;
            }
        }
        return null;
    }
}
