package io.atalaya.contracts.camera.adapter;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.json.InvalidRecordException;

import java.util.List;

/**
 * Converts the messages of one maker's cameras to frames, each message on its own, without state.
 */
@FunctionalInterface
public interface FrameAdapter {
    int MAX_BYTES = CameraFrameCodec.MAX_BYTES;

    /**
     * The frames of one message, in order; empty for a message without a frame, such as an event or
     * a camera position.
     *
     * @param deviceId the sender's id by the record's key, or null without a key
     * @throws InvalidRecordException if the message is not of the format, or lacks a required value
     *     of a frame; then all its frames are rejected
     */
    List<CameraFrame> read(byte[] message, String deviceId) throws InvalidRecordException;
}
