package io.atalaya.contracts.plate.adapter.axis;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.PlateCodec;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.adapter.PlateCrop;
import io.atalaya.contracts.plate.adapter.PlateOrigin;
import io.atalaya.contracts.plate.adapter.PlateText;
import io.atalaya.contracts.plate.adapter.ReadDraft;
import io.atalaya.contracts.plate.adapter.ReadId;
import io.atalaya.contracts.plate.adapter.VehicleDraft;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One message of the verifier. Nearly all its numbers are quoted. */
final class LpvMessage {
    private static final int MAX_TEXT = 64;
    private static final int MAX_IMAGES = 16;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String keyedDevice;

    /** Whether some field shows that the verifier sent the message, even if only as a heartbeat. */
    private boolean isVerifiers;

    private String serial;
    private String carId;
    private String carState;
    private String plate;
    private Double confidence;
    private Long captured;
    private Long capturedNanos;
    private String datetime;
    private String country;
    private String subdivision;
    private String region;
    private Vehicle vehicle;
    private String image;
    private String imageRef;

    /**
     * @param keyedDevice the record's key, or null
     */
    LpvMessage(String keyedDevice) {
        this.keyedDevice = keyedDevice;
    }

    List<PlateRead> reads(JsonIn in) throws InvalidRecordException {
        while (in.nextField()) {
            readField(in);
        }
        boolean isAboutVehicle = carId != null || carState != null || plate != null;
        if (!isAboutVehicle && !isVerifiers) {
            throw in.invalid("carID", null, "a message of License Plate Verifier, which has one");
        }
        CarState state = carState == null ? CarState.NEW : CarState.of(carState);
        if (state == null) {
            throw in.invalid("carState", carState, CarState.EXPECTED);
        }
        if (!isAboutVehicle || state == CarState.LOST) {
            return List.of();
        }
        if (PlateText.isNone(in.required("plateText", plate))) {
            return List.of();
        }
        if (!PlateText.isPlate(plate)) {
            throw in.invalid("plateText", plate, PlateCodec.EXPECTED);
        }
        String device = keyedDevice != null ? keyedDevice : serial;
        long time = deviceTime(in);
        String vehicleId = CarState.vehicleId(carId(in), time);
        return List.of(
                new ReadDraft(
                                ReadId.of(vehicleId, time, state),
                                in.required("camera_info.SerialNumber", device),
                                time,
                                plate,
                                in.required("plateConfidence", confidence))
                        .origin(
                                PlateOrigin.of(
                                        country,
                                        PlateText.isUnknown(subdivision) ? region : subdivision))
                        .vehicle(vehicle)
                        .plateImage(image)
                        .imageRef(imageRef)
                        .supersedes(vehicleId)
                        .read());
    }

    private void readField(JsonIn in) throws InvalidRecordException {
        switch (in.field()) {
            case "carID" -> carId = in.scalar(MAX_TEXT);
            case "carState" -> carState = in.anyString(MAX_TEXT);
            case "plateText" -> plate = in.anyString(MAX_TEXT);
            case "plateConfidence" -> confidence = in.quotableNumber(0, 1);
            case "capture_timestamp" -> captured = LpvTime.epoch(in, 1);
            case "capture_ts" -> capturedNanos = LpvTime.epoch(in, NANOS_PER_MILLI);
            case "datetime" -> datetime = in.anyString(MAX_TEXT);
            case "plateCountry" -> country = in.unlessWrong(i -> i.anyString(MAX_TEXT));
            case "plateISO3166-2" -> subdivision = in.unlessWrong(i -> i.anyString(MAX_TEXT));
            case "plateRegion" -> region = in.unlessWrong(i -> i.anyString(MAX_TEXT));
            case "vehicle_info" -> vehicle = in.unlessWrong(i -> i.object(LpvMessage::vehicle));
            case "camera_info" -> serial = in.unlessWrong(i -> i.object(LpvMessage::serial));
            case "ImageArray" -> image = in.unlessWrong(LpvMessage::image);
            case "imagesURI" -> imageRef = in.unlessWrong(LpvMessage::reference);
            case "packetCounter", "sensorProviderID" -> {
                isVerifiers = true;
                in.skip();
            }
            default -> in.skip();
        }
    }

    private long deviceTime(JsonIn in) throws InvalidRecordException {
        if (captured != null) {
            return captured;
        }
        if (capturedNanos != null) {
            return capturedNanos;
        }
        if (datetime == null) {
            return in.required("capture_timestamp", captured);
        }
        Long dated = LpvTime.date(datetime);
        if (dated == null) {
            throw in.invalid(
                    "datetime",
                    datetime,
                    "YYYYMMDD HHMMSSmmm with an offset such as +0000, or a capture_timestamp beside it");
        }
        return dated;
    }

    /** Rejects a blank number, because vehicles without a number must not supersede each other. */
    private String carId(JsonIn in) throws InvalidRecordException {
        if (in.required("carID", carId).isBlank()) {
            throw in.invalid("carID", carId, CarState.EXPECTED_ID);
        }
        return carId;
    }

    private static Vehicle vehicle(JsonIn in) throws InvalidRecordException {
        VehicleDraft seen = new VehicleDraft();
        while (in.nextField()) {
            switch (in.field()) {
                case "make", "maker", "brand" -> seen.make(in.anyString(MAX_TEXT), null);
                case "model" -> seen.model(in.anyString(MAX_TEXT), null);
                case "color" -> seen.color(in.anyString(MAX_TEXT), null);
                case "type" -> seen.type(in.anyString(MAX_TEXT), null);
                default -> in.skip();
            }
        }
        return seen.vehicle();
    }

    private static String serial(JsonIn in) throws InvalidRecordException {
        String serial = null;
        while (in.nextField()) {
            if (in.field().equals("SerialNumber")) {
                serial = in.string(MAX_TEXT);
            } else {
                in.skip();
            }
        }
        return serial;
    }

    private static String image(JsonIn in) throws InvalidRecordException {
        return in.list(MAX_IMAGES, LpvMessage::imageOrNothing).stream()
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static String reference(JsonIn in) throws InvalidRecordException {
        return in.list(MAX_IMAGES, LpvMessage::path).stream()
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String path(JsonIn in) throws InvalidRecordException {
        return Objects.requireNonNullElse(
                in.unlessWrong(i -> i.anyString(PlateReadCodec.MAX_REF)), "");
    }

    /** Reads one image, or skips an invalid element and keeps the others. */
    private static Optional<String> imageOrNothing(JsonIn in) throws InvalidRecordException {
        return Objects.requireNonNullElse(
                in.unlessWrong(i -> i.object(LpvMessage::plateImage)), Optional.empty());
    }

    /** The image, or empty if it does not show the plate. */
    private static Optional<String> plateImage(JsonIn in) throws InvalidRecordException {
        String type = "";
        String base64 = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "ImageType" -> type = in.anyString(MAX_TEXT);
                case "BinaryImage" -> base64 = PlateCrop.read(in);
                default -> in.skip();
            }
        }
        boolean isPlate = type.isEmpty() || type.equalsIgnoreCase("plate");
        return isPlate ? Optional.ofNullable(base64) : Optional.empty();
    }
}
