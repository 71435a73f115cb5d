package io.atalaya.contracts.plate.adapter.axis;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.adapter.PlateAdapter;

import java.util.List;

/**
 * Axis License Plate Verifier, its push events as JSON (HTTP or TCP). Its ONVIF events are read as
 * ONVIF.
 */
public final class AxisAdapter implements PlateAdapter {
    @Override
    public List<PlateRead> read(byte[] message, String deviceId) throws InvalidRecordException {
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            return new LpvMessage(deviceId).reads(in);
        }
    }
}
