package io.atalaya.dispatch.incident;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;

/** The stored form of what the incident operator keeps: a version and JSON. */
final class StoredValues {
    private static final byte VERSION = 1;

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                    .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                    .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                    .build();

    private StoredValues() {}

    /** The version, and JSON of a value as one of this type. */
    static byte[] write(Object value, Class<?> type) {
        try {
            byte[] json = JSON.writerFor(type).writeValueAsBytes(value);
            byte[] stored = new byte[json.length + 1];
            stored[0] = VERSION;
            System.arraycopy(json, 0, stored, 1, json.length);
            return stored;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no stored form of " + value.getClass(), e);
        }
    }

    static <T> T read(byte[] stored, Class<T> type) throws IOException {
        if (stored.length == 0 || stored[0] != VERSION) {
            throw new IOException(
                    "a stored value: got version %s, expected %d"
                            .formatted(stored.length == 0 ? "none" : stored[0], VERSION));
        }
        return JSON.readValue(stored, 1, stored.length - 1, type);
    }
}
