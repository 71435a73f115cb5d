package io.atalaya.contracts.camera.adapter.deepstream;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.adapter.FrameAdapter;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.util.List;

/**
 * NVIDIA DeepStream's messages, in the full and the minimal schema, and the frames of Metropolis
 * microservices. A message of the full schema has one object: what comes of it is a partial frame,
 * which those of the same camera and moment complete. What Metropolis has concluded from frames
 * (somebody crossed a tripwire, two things came too near) holds none.
 */
public final class DeepStreamAdapter implements FrameAdapter {
    private final BoxUnits units;

    public DeepStreamAdapter(BoxUnits units) {
        this.units = units;
    }

    @Override
    public List<CameraFrame> read(byte[] message, String deviceId) throws InvalidRecordException {
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            return new DeepStreamMessage(deviceId, units).frames(in);
        }
    }
}
