package io.atalaya.contracts.topic;

import io.atalaya.contracts.json.InvalidRecordException;

import java.nio.charset.StandardCharsets;

/** Checks on the keys of records. */
public final class RecordKey {
    private RecordKey() {}

    /** The key as text, or null without a key. */
    public static String text(byte[] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    /** The id that a record without a value removes. */
    public static String ofRemoval(String key) throws InvalidRecordException {
        if (key == null || key.isEmpty()) {
            throw new InvalidRecordException("key", key, "the id of what the empty record removes");
        }
        return key;
    }

    /**
     * Rejects a key other than the id, because compaction works by the key: a record under another
     * key could never be removed.
     */
    public static void require(String key, String field, String id) throws InvalidRecordException {
        if (!id.equals(key)) {
            throw new InvalidRecordException("key", key, "the record's " + field + " " + id);
        }
    }
}
