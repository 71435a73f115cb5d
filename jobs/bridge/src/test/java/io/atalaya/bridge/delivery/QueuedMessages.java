package io.atalaya.bridge.delivery;

import io.atalaya.contracts.topic.RawRecord;

import java.util.List;

/** Messages of 100 bytes, for tests of the order in which they are sent. */
final class QueuedMessages {
    static final int BYTES = 100;

    /** Of each message. */
    static final String SHA256 = "cd00e292c5970d3c5e2f0ffa5171e555bc46bfc4faddfb4a418b6840b86e79a3";

    private QueuedMessages() {}

    static QueuedMessage message(
            long offset, String incidentId, long revision, int priority, long timestamp) {
        return message(0, offset, incidentId, revision, priority, timestamp);
    }

    static QueuedMessage message(
            int partition,
            long offset,
            String incidentId,
            long revision,
            int priority,
            long timestamp) {
        return new QueuedMessage(
                new RawRecord("queue", partition, offset, timestamp, new byte[0], VALUE, List.of()),
                incidentId + ":" + revision,
                incidentId,
                incidentId,
                null,
                revision,
                priority,
                null,
                Long.MAX_VALUE,
                null);
    }

    /** One array, so that equal messages are equal. */
    private static final byte[] VALUE = new byte[BYTES];
}
