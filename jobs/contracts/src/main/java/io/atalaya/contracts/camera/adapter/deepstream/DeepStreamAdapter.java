package io.atalaya.contracts.camera.adapter.deepstream;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.adapter.FrameAdapter;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.util.List;

/**
 * NVIDIA DeepStream's messages in the full and the minimal schema, and the frames of Metropolis
 * microservices. A message of the full schema has one object and gives a partial frame, which
 * others of the same camera and time complete. Events that Metropolis derives from frames (a
 * crossed tripwire, two objects too close) give no frame.
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
