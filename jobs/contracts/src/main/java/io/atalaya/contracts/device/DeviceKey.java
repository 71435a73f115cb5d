package io.atalaya.contracts.device;

import io.atalaya.contracts.json.InvalidRecordException;

import java.nio.charset.StandardCharsets;

/**
 * The device's id as the record's key gives it, which the contract requires. It has precedence over
 * the camera name inside a message, because an installation names its devices itself.
 */
public final class DeviceKey {
    /** The longest id, in characters. */
    public static final int MAX_ID = 128;

    private static final char UNDECODABLE = '\ufffd';

    private DeviceKey() {}

    /**
     * The device's id, or null without a key.
     *
     * @param key of the record, or null
     */
    public static String of(byte[] key) throws InvalidRecordException {
        if (key == null || key.length == 0) {
            return null;
        }
        String id = new String(key, StandardCharsets.UTF_8);
        if (id.isBlank() || id.length() > MAX_ID || id.indexOf(UNDECODABLE) >= 0) {
            throw new InvalidRecordException(
                    "key", id, "the camera's deviceId, 1 to " + MAX_ID + " characters of UTF-8");
        }
        return id;
    }

    /**
     * Requires the key's id for messages that do not name their camera.
     *
     * @param deviceId of the key, or null
     */
    public static String require(String deviceId) throws InvalidRecordException {
        if (deviceId == null) {
            throw new InvalidRecordException(
                    "key",
                    null,
                    "the camera's deviceId as the record's key, for the message does not have it");
        }
        return deviceId;
    }
}
