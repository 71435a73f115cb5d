package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;

import java.util.List;

/**
 * Converts the messages of one maker's cameras to reads, each message on its own, without state.
 */
@FunctionalInterface
public interface PlateAdapter {
    /** Large, because vendors include images of the scene, which are skipped. */
    int MAX_BYTES = 4 * 1024 * 1024;

    /**
     * The reads of one message, in order; empty for a message without a plate, such as a heartbeat,
     * a vehicle without a plate text or another event.
     *
     * @param deviceId the sender's id by the record's key, or null without a key
     * @throws InvalidRecordException if the message is not of the format, or lacks a required value
     *     of a read; then all its reads are rejected
     */
    List<PlateRead> read(byte[] message, String deviceId) throws InvalidRecordException;
}
