package io.atalaya.contracts.camera.adapter;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.json.InvalidRecordException;

import java.util.List;

/** Turns the messages of one maker's cameras into frames. Knows no state: a message at a time. */
@FunctionalInterface
public interface FrameAdapter {
    int MAX_BYTES = CameraFrameCodec.MAX_BYTES;

    /**
     * The frames of one message, in its order; none where the format has messages without a frame:
     * events, positions of the camera.
     *
     * @param deviceId what the sender says it is, by the record's key; null where there is none
     * @throws InvalidRecordException if the message is none of the format, or lacks what a frame
     *     must have: then none of its frames counts
     */
    List<CameraFrame> read(byte[] message, String deviceId) throws InvalidRecordException;
}
