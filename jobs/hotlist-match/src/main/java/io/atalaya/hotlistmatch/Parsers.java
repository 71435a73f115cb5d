package io.atalaya.hotlistmatch;

import io.atalaya.deadletter.ParseFunction.Parser;
import io.atalaya.device.Device;
import io.atalaya.device.DeviceChange;
import io.atalaya.device.DeviceJson;
import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlist.HotlistEntryJson;
import io.atalaya.hotlistmatch.passage.ClockRules;
import io.atalaya.hotlistmatch.passage.DeviceMessage;
import io.atalaya.hotlistmatch.registry.HotlistChange;
import io.atalaya.json.InvalidRecordException;
import io.atalaya.kafka.RawRecord;
import io.atalaya.plate.PlateReadJson;
import io.atalaya.rfid.RfidReadJson;

import java.nio.charset.StandardCharsets;

/** From raw records to what the job works with: the codec, and the checks that need the record. */
final class Parsers {
    private Parsers() {}

    static Parser<DeviceMessage> plateReads(ClockRules clock) {
        return record -> clock.admit(PlateReadJson.read(record.value()), record.timestamp());
    }

    static Parser<DeviceMessage> rfidReads(ClockRules clock) {
        return record -> clock.admit(RfidReadJson.read(record.value()), record.timestamp());
    }

    static Parser<HotlistChange> hotlist() {
        return record -> {
            String key = key(record);
            if (record.value() == null) {
                return new HotlistChange(removed(key), null, record.timestamp());
            }
            HotlistEntry entry = HotlistEntryJson.read(record.value());
            requireKey(key, "entryId", entry.entryId());
            return new HotlistChange(entry.entryId(), entry, record.timestamp());
        };
    }

    static Parser<DeviceChange> devices() {
        return record -> {
            String key = key(record);
            if (record.value() == null) {
                return new DeviceChange(removed(key), null, record.timestamp());
            }
            Device device = DeviceJson.read(record.value());
            requireKey(key, "deviceId", device.deviceId());
            return new DeviceChange(device.deviceId(), device, record.timestamp());
        };
    }

    private static String key(RawRecord record) {
        return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String removed(String key) throws InvalidRecordException {
        if (key == null || key.isEmpty()) {
            throw new InvalidRecordException("key", key, "the id of what the empty record removes");
        }
        return key;
    }

    /** Compaction works by the key: a record under another one could never be removed. */
    private static void requireKey(String key, String field, String id)
            throws InvalidRecordException {
        if (!id.equals(key)) {
            throw new InvalidRecordException("key", key, "the record's " + field + " " + id);
        }
    }
}
