package io.atalaya.contracts.topic;

import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An operator's input that knows its origin. The origin is requested only after a failure, so that
 * it costs nothing per record.
 */
public interface Traceable {
    Origin origin();

    /**
     * The part of the key that the input is about, such as one plate at one device. If processing
     * fails, the rest of the key continues. Null stands for the whole key.
     */
    default Object part() {
        return null;
    }

    /**
     * The origin of an input, with the input itself.
     *
     * @param deviceId or null for an input without a device
     * @param address of the Kafka record that the input was made from, or null if it was made from
     *     none or several
     * @param key of that record, or null
     * @param value of that record, or the input as this job serializes it, UTF-8
     * @param headers of that record
     */
    record Origin(
            String deviceId,
            RecordAddress address,
            byte[] key,
            byte[] value,
            List<RawRecord.RawHeader> headers) {

        /** The origin of an input behind the parsing, whose original record is at the address. */
        public static Origin of(String deviceId, RecordAddress address, byte[] value) {
            byte[] key = deviceId == null ? null : deviceId.getBytes(UTF_8);
            return new Origin(deviceId, address, key, value, List.of());
        }

        /** The origin of an input that has no codec, whose value becomes text for people. */
        public static Origin described(String deviceId, RecordAddress address, Object input) {
            return of(deviceId, address, input.toString().getBytes(UTF_8));
        }
    }
}
