package io.atalaya.contracts.rfid;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.plate.PlateCodec;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.VehicleCodec;

/** The codec of topic {@code rfid-reads}. */
public final class RfidReadCodec {
    public static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_ID = 128;

    private RfidReadCodec() {}

    /** Reads one message. */
    public static RfidRead read(byte[] message) throws InvalidRecordException {
        String readId = null;
        String deviceId = null;
        Integer lane = null;
        Long time = null;
        String tagId = null;
        String registeredPlate = null;
        Vehicle registeredVehicle = null;
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "readId" -> readId = in.string(MAX_ID);
                    case "deviceId" -> deviceId = in.string(MAX_ID);
                    case "lane" -> lane = in.integer(0, 255);
                    case "time" -> time = in.time();
                    case "tagId" -> tagId = in.string(MAX_ID);
                    case "registeredPlate" -> registeredPlate = PlateCodec.read(in);
                    case "registeredVehicle" -> registeredVehicle = in.object(VehicleCodec::read);
                    default -> in.skip();
                }
            }
            in.required("readId", readId);
            in.required("deviceId", deviceId);
            in.required("time", time);
            in.required("tagId", tagId);
        }
        return new RfidRead(
                readId, deviceId, lane, time, tagId, registeredPlate, registeredVehicle);
    }

    /** Writes one message. */
    public static byte[] write(RfidRead read) {
        return JsonOut.object(
                out -> {
                    out.string("readId", read.readId());
                    out.string("deviceId", read.deviceId());
                    out.number("lane", read.lane());
                    out.number("time", read.deviceTime());
                    out.string("tagId", read.tagId());
                    out.string("registeredPlate", read.registeredPlate());
                    out.object("registeredVehicle", read.registeredVehicle(), VehicleCodec::write);
                });
    }
}
