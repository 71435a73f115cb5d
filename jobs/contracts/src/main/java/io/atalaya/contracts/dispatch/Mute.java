package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One message of topic {@code mutes}: a person asks not to be interrupted by some incidents. It is
 * compacted, and a null value ends the mute.
 *
 * @param author person who answers for it
 * @param from start, epoch ms
 * @param to end, epoch ms; after {@code from} by at most {@link #MAX_LENGTH}
 */
public record Mute(
        String muteId,
        Matcher matcher,
        String author,
        String reason,
        String caseNumber,
        @EpochMillis long from,
        @EpochMillis long to) {
    public static final RecordCodec<Mute> CODEC = new RecordCodec<>(Mute.class, 16 * 1024);

    /** A shift: a mute that outlives it is forgotten. The policy may allow less. */
    public static final Duration MAX_LENGTH = Duration.ofHours(8);

    public Mute {
        Limits.id("muteId", muteId);
        Field.required("matcher", matcher);
        Field.visible("author", author, Limits.MAX_NAME);
        Field.visible("reason", reason, Limits.MAX_REASON);
        Field.visible("caseNumber", caseNumber, Limits.MAX_NAME);
        Field.time("from", from);
        Field.time("to", to);
        if (to <= from || to - from > MAX_LENGTH.toMillis()) {
            throw Field.invalid(
                    "to", to, "a time after from, by at most " + MAX_LENGTH.toHours() + " h");
        }
    }

    /**
     * The fields that an incident must have to be muted. A field that is null says nothing, and an
     * incident without a field that is given does not match.
     *
     * @param kind of incident
     * @param type of incident, such as {@code crowd}
     * @param cell of the map's grid
     */
    public record Matcher(
            Incident.Kind kind,
            String type,
            String site,
            String deviceId,
            String plate,
            String cell) {
        public Matcher {
            Limits.idOrNull("type", type);
            Limits.idOrNull("site", site);
            Limits.idOrNull("deviceId", deviceId);
            Limits.idOrNull("plate", plate);
            Limits.idOrNull("cell", cell);
            if (Stream.of(kind, type, site, deviceId, plate, cell).allMatch(Objects::isNull)) {
                throw Field.fault("", "no field", "a field that limits what is muted");
            }
        }
    }
}
