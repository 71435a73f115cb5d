package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;

import java.util.List;

/** Turns the messages of one maker's cameras into reads. Knows no state: a message at a time. */
@FunctionalInterface
public interface PlateAdapter {
    /** Vendors send the pictures of the scene along; they are passed over, not kept. */
    int MAX_BYTES = 4 * 1024 * 1024;

    /**
     * The reads of one message, in its order; none where the format has messages without a plate: a
     * heartbeat, a vehicle whose plate was not read, an event of another kind.
     *
     * @param deviceId what the sender says it is, by the record's key; null where there is none
     * @throws InvalidRecordException if the message is none of the format, or lacks what a read
     *     must have: then none of its reads counts
     */
    List<PlateRead> read(byte[] message, String deviceId) throws InvalidRecordException;
}
