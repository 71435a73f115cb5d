package io.atalaya.plate.vendor.onvif;

import io.atalaya.device.DeviceKey;
import io.atalaya.json.InvalidRecordException;
import io.atalaya.json.NumberText;
import io.atalaya.onvif.OnvifElement;
import io.atalaya.onvif.OnvifTime;
import io.atalaya.plate.PlateRead;
import io.atalaya.plate.PlateReadJson;
import io.atalaya.plate.vendor.PlateOrigin;
import io.atalaya.plate.vendor.PlateText;
import io.atalaya.plate.vendor.ReadDraft;
import io.atalaya.plate.vendor.ReadId;
import io.atalaya.plate.vendor.axis.CarState;

import java.util.Optional;

/**
 * An event that may tell of a plate: the standard's {@code RuleEngine/Recognition/LicensePlate}, or
 * the events of Axis License Plate Verifier. Known by its items, for over MQTT the topic's name is
 * not in the message.
 */
final class PlateEvent {
    private final OnvifElement event;
    private final String deviceId;
    private final EventItems source;
    private final EventItems data;

    /**
     * @param event the element that has the data
     */
    PlateEvent(OnvifElement event, String deviceId) {
        this.event = event;
        this.deviceId = deviceId;
        this.source = new EventItems(event, "Source");
        this.data = new EventItems(event, "Key", "Data");
    }

    static boolean isEvent(OnvifElement element) {
        return element.child("Data") != null;
    }

    Optional<PlateRead> read() throws InvalidRecordException {
        if ("Deleted".equals(attributeOrChild("PropertyOperation"))) {
            return Optional.empty();
        }
        String carId = data.value("carID");
        OnvifElement info = data.element("LicensePlateInfo");
        if (info != null) {
            return standard(info);
        }
        return carId == null ? simple() : verifier(carId);
    }

    private Optional<PlateRead> standard(OnvifElement info) throws InvalidRecordException {
        String plate = PlateInfo.plate(info);
        if (plate == null) {
            return Optional.empty();
        }
        Double confidence = PlateInfo.confidence(info);
        String image = PlateInfo.image(info);
        return Optional.of(
                draft(plate, confidence == null ? likelihood() : confidence)
                        .origin(PlateInfo.origin(info))
                        .plateImage(image == null ? PlateInfo.picture(data.value("Image")) : image)
                        .read());
    }

    /** A vendor's event without the standard's element. */
    private Optional<PlateRead> simple() throws InvalidRecordException {
        String plate = data.value("PlateNumber", "LicensePlate", "Plate");
        if (PlateText.isNone(plate)) {
            return Optional.empty();
        }
        return Optional.of(
                draft(PlateInfo.requirePlate(field("PlateNumber"), plate), likelihood())
                        .origin(
                                PlateOrigin.of(
                                        data.value("CountryCode", "Country"),
                                        data.value("IssuingEntity", "Region", "State")))
                        .plateImage(PlateInfo.picture(data.value("Image")))
                        .read());
    }

    private ReadDraft draft(String plate, double confidence) throws InvalidRecordException {
        long time = utcTime();
        String video =
                source.value("VideoSource", "VideoSourceToken", "VideoSourceConfigurationToken");
        OnvifElement vehicle = data.element("VehicleInfo");
        String speed = data.value("Speed");
        return new ReadDraft(
                        ReadId.of(video, data.value("ObjectId"), plate, time),
                        DeviceKey.require(deviceId),
                        time,
                        plate,
                        confidence)
                .speedKmh(speed == null ? null : OnvifSpeed.metresPerSecond(speed))
                .vehicle(PlateInfo.vehicle(vehicle))
                .imageRef(imageRef());
    }

    private Optional<PlateRead> verifier(String carId) throws InvalidRecordException {
        String plate = data.value("text", "lpText");
        String stated = data.value("carState");
        CarState state = stated == null ? CarState.UPDATE : CarState.of(stated);
        if (state == null) {
            throw new InvalidRecordException(field("carState"), stated, CarState.EXPECTED);
        }
        if (state == CarState.LOST
                || "0".equals(data.value("isDetected"))
                || PlateText.isNone(plate)) {
            return Optional.empty();
        }
        PlateInfo.requirePlate(field("text"), plate);
        if (carId.isBlank()) {
            throw new InvalidRecordException(field("carID"), carId, CarState.EXPECTED_ID);
        }
        String captured = data.value("capture_timestamp", "timestamp");
        long time =
                captured == null || captured.isEmpty()
                        ? utcTime()
                        : OnvifTime.epochMillis(field("capture_timestamp"), captured);
        String vehicleId = CarState.vehicleId(carId, time);
        return Optional.of(
                new ReadDraft(
                                ReadId.of(vehicleId, time, state),
                                DeviceKey.require(deviceId),
                                time,
                                plate,
                                likelihood())
                        .origin(PlateOrigin.of(data.value("country"), null))
                        .supersedes(ReadId.of(vehicleId))
                        .read());
    }

    private double likelihood() throws InvalidRecordException {
        String stated = data.value("Likelihood", "Confidence");
        return stated == null || stated.isEmpty()
                ? PlateInfo.CERTAIN
                : NumberText.fraction(field("Likelihood"), stated);
    }

    /** In JSON as Axis bridges it, the time stands outside, in epoch milliseconds. */
    private long utcTime() throws InvalidRecordException {
        String utc = attributeOrChild("UtcTime");
        OnvifElement outer = event.parent() == null ? null : event.parent().child("timestamp");
        return utc == null && outer != null
                ? OnvifTime.epochMillis(outer.path(), outer.text())
                : OnvifTime.utc(field("UtcTime"), utc);
    }

    private String imageRef() {
        String uri = data.value("ImageURI");
        return uri == null || uri.isEmpty() || uri.length() > PlateReadJson.MAX_REF ? null : uri;
    }

    private String attributeOrChild(String name) {
        String attribute = event.attribute(name);
        if (attribute != null) {
            return attribute;
        }
        OnvifElement child = event.child(name);
        return child == null ? null : child.text();
    }

    private String field(String name) {
        String path = event.path();
        return path.isEmpty() ? name : path + "." + name;
    }
}
