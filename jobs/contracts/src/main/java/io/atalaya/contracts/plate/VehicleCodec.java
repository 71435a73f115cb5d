package io.atalaya.contracts.plate;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;

/** The codec of the JSON object {@code vehicle} inside reads and entries. */
public final class VehicleCodec {
    private VehicleCodec() {}

    public static Vehicle read(JsonIn in) throws InvalidRecordException {
        String make = null;
        String model = null;
        String color = null;
        String type = null;
        Double confidence = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "make" -> make = in.anyString(Vehicle.MAX_NAME);
                case "model" -> model = in.anyString(Vehicle.MAX_NAME);
                case "color" -> color = in.anyString(Vehicle.MAX_NAME);
                case "type" -> type = in.anyString(Vehicle.MAX_NAME);
                case "confidence" -> confidence = in.number(0, 1);
                default -> in.skip();
            }
        }
        return new Vehicle(make, model, color, type, confidence);
    }

    public static void write(Vehicle vehicle, JsonOut out) throws IOException {
        out.string("make", vehicle.make());
        out.string("model", vehicle.model());
        out.string("color", vehicle.color());
        out.string("type", vehicle.type());
        out.number("confidence", vehicle.confidence());
    }
}
