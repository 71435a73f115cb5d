package io.atalaya.contracts.plate.adapter.onvif;

import io.atalaya.contracts.device.DeviceKey;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.NumberText;
import io.atalaya.contracts.onvif.OnvifElement;
import io.atalaya.contracts.onvif.OnvifTime;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.plate.adapter.PlateOrigin;
import io.atalaya.contracts.plate.adapter.PlateText;
import io.atalaya.contracts.plate.adapter.ReadDraft;
import io.atalaya.contracts.plate.adapter.ReadId;
import io.atalaya.contracts.plate.adapter.axis.CarState;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An event that may contain a plate: the standard's {@code RuleEngine/Recognition/LicensePlate}, or
 * the events of Axis License Plate Verifier. It is recognised by its items, because MQTT messages
 * do not contain the topic's name.
 */
final class PlateEvent {
    private final OnvifElement event;
    private final String deviceId;
    private final EventItems source;
    private final EventItems data;

    /**
     * @param event the element that contains the data
     * @param data one of several in JSON
     */
    PlateEvent(OnvifElement event, OnvifElement data, String deviceId) {
        this.event = event;
        this.deviceId = deviceId;
        this.source = new EventItems(event.child("Source"));
        this.data = new EventItems(event.child("Key"), data);
    }

    static boolean isEvent(OnvifElement element) {
        return element.child("Data") != null;
    }

    List<PlateRead> reads() throws InvalidRecordException {
        if ("Deleted".equals(attributeOrChild("PropertyOperation"))) {
            return List.of();
        }
        List<OnvifElement> infos = data.elements("LicensePlateInfo");
        if (infos.isEmpty()) {
            String carId = data.value("carID");
            return carId == null ? simple() : verifier(carId).stream().toList();
        }
        List<PlateRead> reads = new ArrayList<>();
        for (OnvifElement info : infos) {
            String plate = PlateInfo.plate(info);
            if (plate != null) {
                reads.add(infos.size() == 1 ? only(info, plate) : plain(info, plate).read());
            }
        }
        return reads;
    }

    /** A read with the event's vehicle and image, which only an event with one plate can assign. */
    private PlateRead only(OnvifElement info, String plate) throws InvalidRecordException {
        ReadDraft draft = ofVehicle(plain(info, plate));
        return PlateInfo.image(info) == null ? draft.plateImage(image()).read() : draft.read();
    }

    private ReadDraft plain(OnvifElement info, String plate) throws InvalidRecordException {
        Double confidence = PlateInfo.confidence(info);
        return draft(plate, confidence == null ? likelihood() : confidence)
                .origin(PlateInfo.origin(info))
                .plateImage(PlateInfo.image(info));
    }

    /** The reads of a vendor's event without the standard's element. */
    private List<PlateRead> simple() throws InvalidRecordException {
        List<String> plates =
                data.values("PlateNumber", "LicensePlate", "Plate").stream()
                        .filter(text -> !PlateText.isNone(text))
                        .distinct()
                        .toList();
        List<PlateRead> reads = new ArrayList<>();
        for (String plate : plates) {
            ReadDraft draft =
                    draft(PlateInfo.requirePlate(field("PlateNumber"), plate), likelihood());
            reads.add(
                    (plates.size() == 1
                                    ? ofVehicle(draft).origin(origin()).plateImage(image())
                                    : draft)
                            .read());
        }
        return reads;
    }

    private PlateOrigin origin() {
        return PlateOrigin.of(
                data.value("CountryCode", "Country"),
                data.value("IssuingEntity", "Region", "State"));
    }

    private String image() {
        return PlateInfo.image(data.value("Image"));
    }

    private ReadDraft draft(String plate, double confidence) throws InvalidRecordException {
        long time = utcTime();
        String video =
                source.value("VideoSource", "VideoSourceToken", "VideoSourceConfigurationToken");
        return new ReadDraft(
                        ReadId.of(video, data.value("ObjectId"), plate, time),
                        DeviceKey.require(deviceId),
                        time,
                        plate,
                        confidence)
                .imageRef(imageRef());
    }

    private ReadDraft ofVehicle(ReadDraft draft) {
        String speed = data.value("Speed");
        return draft.speedKmh(speed == null ? null : OnvifSpeed.metresPerSecond(speed))
                .vehicle(
                        data.elements("VehicleInfo").stream()
                                .findFirst()
                                .map(PlateInfo::vehicle)
                                .orElse(null));
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

    /** The event's time; JSON from Axis' bridge has it outside the event, in epoch milliseconds. */
    private long utcTime() throws InvalidRecordException {
        String utc = attributeOrChild("UtcTime");
        OnvifElement outer = event.parent() == null ? null : event.parent().child("timestamp");
        return utc == null && outer != null
                ? OnvifTime.epochMillis(outer.path(), outer.text())
                : OnvifTime.utc(field("UtcTime"), utc);
    }

    private String imageRef() {
        String uri = data.value("ImageURI");
        return uri == null || uri.isEmpty() || uri.length() > PlateReadCodec.MAX_REF ? null : uri;
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
