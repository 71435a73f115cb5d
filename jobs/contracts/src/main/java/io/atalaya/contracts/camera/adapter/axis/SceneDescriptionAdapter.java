package io.atalaya.contracts.camera.adapter.axis;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.adapter.FrameAdapter;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.util.List;

/**
 * Axis scene description (the frame producer of Axis Scene Metadata), {@code frame.v1} and the beta
 * before it, as a broker delivers it. Events of the same cameras, which Axis' bridge sends to the
 * same broker, are skipped.
 */
public final class SceneDescriptionAdapter implements FrameAdapter {
    @Override
    public List<CameraFrame> read(byte[] message, String deviceId) throws InvalidRecordException {
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            return new SceneMessage(deviceId).frames(in);
        }
    }
}
