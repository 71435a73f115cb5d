package io.atalaya.contracts.alert;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.contracts.text.Text;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.zip.CRC32;

/** The codec of topic {@code alerts}. Times are epoch milliseconds. */
public final class AlertCodec {
    public static final int MAX_BYTES = 1024 * 1024;

    static final int MAX_ID = 128;
    static final int MAX_TEXT = 4096;
    static final int MAX_NAME = 64;
    static final int MAX_PLATE = 64;
    static final int MAX_LIST = 100_000;
    private static final double MAX_LATITUDE = 90;
    private static final double MAX_LONGITUDE = 180;

    private static final RecordCodec<Message> CODEC = new RecordCodec<>(Message.class, MAX_BYTES);

    private AlertCodec() {}

    /** A latitude or null, checked. */
    static Double latitude(String field, Double value) {
        return Field.numberOrNull(field, value, -MAX_LATITUDE, MAX_LATITUDE);
    }

    /** A longitude or null, checked. */
    static Double longitude(String field, Double value) {
        return Field.numberOrNull(field, value, -MAX_LONGITUDE, MAX_LONGITUDE);
    }

    /**
     * Checks a translation. The words of other texts are checked when they are written.
     *
     * @param prefix of the field names
     */
    static void check(String prefix, Text text) {
        if (text instanceof Text.Translation words) {
            Field.textOrNull(prefix + "es", words.es(), 0, MAX_TEXT);
            Field.textOrNull(prefix + "en", words.en(), 0, MAX_TEXT);
        }
    }

    /**
     * Writes one message.
     *
     * @throws IllegalArgumentException if it has more bytes than the topic takes
     */
    public static byte[] write(Alert alert) {
        byte[] message = CODEC.write(Message.of(alert));
        if (message.length > MAX_BYTES) {
            throw Field.fault(
                    "alert " + alert.alertId(),
                    message.length + " bytes",
                    "at most " + MAX_BYTES + " bytes");
        }
        return message;
    }

    /**
     * A checksum of the contents, to compare them with those of the last message: of everything but
     * {@code revision} and {@code detectedAt}.
     */
    public static int digest(Alert alert) {
        CRC32 crc = new CRC32();
        crc.update(write(alert.as(alert.status(), 1).withDetectedAt(0)));
        return (int) crc.getValue();
    }

    /**
     * Reads one message.
     *
     * @param arrivalTime the record's timestamp
     */
    public static Alert read(byte[] message, long arrivalTime) throws InvalidRecordException {
        try {
            return CODEC.read(message).alert(arrivalTime);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof InvalidRecordException invalid) {
                throw invalid;
            }
            throw e;
        }
    }

    /** The message, in which the groups of an alert's components are no objects. */
    private record Message(
            String alertId,
            @EpochMillis long revision,
            Alert.Status status,
            AlertType type,
            @EpochMillis long time,
            @EpochMillis long detectedAt,
            Alert.Action action,
            @EpochMillis long startedAt,
            @EpochMillis Long endedAt,
            String site,
            Alert.Device device,
            Alert.Subject subject,
            double score,
            int priority,
            Text.Translation headline,
            @JsonDeserialize(as = ObjectNode.class) Object evidence,
            HotlistEntry entry,
            boolean covert,
            @JsonProperty("notify") List<String> notified) {

        Message {
            AlertCodec.check("headline.", headline);
        }

        static Message of(Alert alert) {
            Text headline = alert.assessment().headline();
            return new Message(
                    alert.alertId(),
                    alert.revision(),
                    alert.status(),
                    alert.type(),
                    alert.lifecycle().deviceTime(),
                    alert.emission().detectedAt(),
                    alert.assessment().action(),
                    alert.lifecycle().startedAt(),
                    alert.lifecycle().endedAt(),
                    alert.place().site(),
                    alert.place().device(),
                    alert.subject(),
                    alert.assessment().score(),
                    alert.assessment().priority(),
                    headline == null ? null : new Text.Translation(headline.es(), headline.en()),
                    alert.evidence(),
                    alert.entry(),
                    alert.disclosure().isCovert(),
                    alert.disclosure().notified());
        }

        Alert alert(long arrivalTime) throws InvalidRecordException {
            return new Alert(
                    new Alert.Identity(alertId, type),
                    new Alert.Emission(revision, arrivalTime, detectedAt),
                    new Alert.Lifecycle(status, time, startedAt, endedAt),
                    new Alert.Place(site, device),
                    subject,
                    new Alert.Assessment(action, score, priority, headline),
                    evidence == null
                            ? null
                            : RecordCodec.bind("evidence", (ObjectNode) evidence, type.evidence()),
                    entry,
                    new Alert.Disclosure(covert, notified));
        }
    }
}
