package io.atalaya.contracts.camera.format;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.adapter.FrameAdapter;
import io.atalaya.contracts.camera.adapter.axis.SceneDescriptionAdapter;
import io.atalaya.contracts.camera.adapter.deepstream.DeepStreamAdapter;
import io.atalaya.contracts.camera.adapter.onvif.OnvifFrameAdapter;
import io.atalaya.contracts.device.DeviceKey;
import io.atalaya.contracts.json.InvalidRecordException;

import java.util.List;

/** The formats of a topic's camera frames. */
public enum FrameFormat {
    /** Any of the others, detected per message. */
    AUTO((message, key, units) -> FrameFormatDetector.detect(message).read(message, key, units)),

    /** The contract of topic {@code camera-frames}. */
    NATIVE((message, key, units) -> List.of(CameraFrameCodec.read(message))),

    /** The metadata stream of ONVIF Profile M, XML or JSON. */
    ONVIF((message, key, units) -> keyed(new OnvifFrameAdapter(units), message, key)),

    /** NVIDIA DeepStream, in the full and the minimal schema, and Metropolis. */
    DEEPSTREAM((message, key, units) -> keyed(new DeepStreamAdapter(units), message, key)),

    /** Axis scene description. */
    AXIS((message, key, units) -> keyed(new SceneDescriptionAdapter(), message, key));

    private interface Reader {
        List<CameraFrame> read(byte[] message, byte[] key, BoxUnits units)
                throws InvalidRecordException;
    }

    private final Reader reader;

    FrameFormat(Reader reader) {
        this.reader = reader;
    }

    private static List<CameraFrame> keyed(FrameAdapter adapter, byte[] message, byte[] key)
            throws InvalidRecordException {
        return adapter.read(message, DeviceKey.of(key));
    }

    /**
     * The frames of one message, in order; empty for a valid message without a frame. A frame may
     * be partial or omit idle objects, see {@link CameraFrame}; the camera analysis assembles them.
     *
     * @param message or null
     * @param key the record's, or null
     * @throws InvalidRecordException if the message cannot be used; then all its frames are
     *     rejected
     */
    public List<CameraFrame> read(byte[] message, byte[] key, BoxUnits units)
            throws InvalidRecordException {
        return reader.read(message, key, units);
    }
}
