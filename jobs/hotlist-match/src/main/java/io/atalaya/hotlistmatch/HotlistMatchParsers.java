package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.format.PlateFormat;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordKey;
import io.atalaya.flink.clock.PlausibleTime;
import io.atalaya.flink.parse.ParseOperator.Parser;
import io.atalaya.flink.parse.ParseOperator.SingleParser;
import io.atalaya.hotlistmatch.calibration.AlertFeedback;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.passage.ClockRules;
import io.atalaya.kafka.AlertRecords;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static io.atalaya.contracts.alert.AlertType.HOTLIST_MATCH;

/**
 * Parsers from raw records to the records of the job: decoding, plus the checks that need the Kafka
 * record.
 */
final class HotlistMatchParsers {
    private HotlistMatchParsers() {}

    /**
     * @param withImages whether the images are kept; they are most of a read's bytes
     */
    static Parser<DeviceRead> plateReads(PlateFormat format, ClockRules clock, boolean withImages) {
        return record -> {
            List<PlateRead> reads = format.read(record.value(), record.key());
            if (reads.size() == 1) {
                return List.of(admit(reads.get(0), record, clock, withImages));
            }
            List<DeviceRead> admitted = new ArrayList<>(reads.size());
            for (PlateRead read : reads) {
                admitted.add(admit(read, record, clock, withImages));
            }
            return admitted;
        };
    }

    private static DeviceRead admit(
            PlateRead read, RawRecord record, ClockRules clock, boolean withImages)
            throws InvalidRecordException {
        boolean strip = !withImages && read.plateImage() != null;
        return clock.admit(strip ? read.withImage(null) : read, record.timestamp())
                .from(record.position());
    }

    static SingleParser<DeviceRead> rfidReads(ClockRules clock) {
        return record ->
                clock.admit(RfidReadCodec.read(record.value()), record.timestamp())
                        .from(record.position());
    }

    static SingleParser<HotlistChange> hotlist() {
        return record -> {
            String key = RecordKey.text(record.key());
            if (record.value() == null) {
                return new HotlistChange(
                        RecordKey.ofRemoval(key), null, record.timestamp(), record.position());
            }
            HotlistEntry entry = HotlistEntryCodec.read(record.value());
            RecordKey.require(key, "entryId", entry.entryId());
            return new HotlistChange(entry.entryId(), entry, record.timestamp(), record.position());
        };
    }

    static SingleParser<AlertFeedback> dispositions() {
        return record -> {
            Disposition said = Disposition.CODEC.read(record.value());
            // Of two dispositions the later one counts, so one from the far future would count for
            // ever.
            if (said.disposedAt() - record.timestamp() > PlausibleTime.MAX_AHEAD.toMillis()) {
                throw new InvalidRecordException(
                        "time", said.disposedAt(), "a time at most a day after its arrival");
            }
            return new AlertFeedback.Disposed(
                    said.alertId(),
                    said.dispositionId(),
                    said.source(),
                    said.deviceId(),
                    said.outcome(),
                    said.disposedAt(),
                    record.timestamp(),
                    record.position());
        };
    }

    /**
     * Other jobs write alerts of other types to this topic; these are recognised by their header.
     */
    static SingleParser<AlertFeedback> published() {
        return record -> {
            String type = header(record, AlertRecords.TYPE_HEADER);
            String key = RecordKey.text(record.key());
            if (key != null && type != null && !type.equals(AlertRecords.type(HOTLIST_MATCH))) {
                return new AlertFeedback.Published(key, 1, null, record.position());
            }
            Alert alert = AlertCodec.read(record.value(), record.timestamp());
            AlertFeedback.Prediction prediction =
                    alert.hotlistEvidence() == null ? null : AlertFeedback.Prediction.of(alert);
            return new AlertFeedback.Published(
                    alert.alertId(), alert.revision(), prediction, record.position());
        };
    }

    private static String header(RawRecord record, String name) {
        for (RawRecord.RawHeader header : record.headers()) {
            if (header.name().equals(name) && header.value() != null) {
                return new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return null;
    }
}
