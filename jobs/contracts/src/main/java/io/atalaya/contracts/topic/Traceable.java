package io.atalaya.contracts.topic;

import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An input of an operator that can say where it came from. Asked only after a failure, so that it
 * costs nothing on the way of a record.
 */
public interface Traceable {
    Origin origin();

    /**
     * What the input is about beneath its key, such as one plate before one device: if work on it
     * fails, the rest of the key is worked on. Null: the key as a whole.
     */
    default Object part() {
        return null;
    }

    /**
     * Where an input came from, and the input itself.
     *
     * @param deviceId or null where it is no device's
     * @param address of the Kafka record it was made of, or null where it is made of none or of
     *     several
     * @param key of that record, or null
     * @param value that record's, or the input as this job writes it, UTF-8
     * @param headers of that record
     */
    record Origin(
            String deviceId,
            RecordAddress address,
            byte[] key,
            byte[] value,
            List<RawRecord.RawHeader> headers) {

        /** Of an input behind the parsing: the record itself is at its address. */
        public static Origin of(String deviceId, RecordAddress address, byte[] value) {
            byte[] key = deviceId == null ? null : deviceId.getBytes(UTF_8);
            return new Origin(deviceId, address, key, value, List.of());
        }

        /** Of an input that has no codec of its own: its value is a text for people. */
        public static Origin described(String deviceId, RecordAddress address, Object input) {
            return of(deviceId, address, input.toString().getBytes(UTF_8));
        }
    }
}
