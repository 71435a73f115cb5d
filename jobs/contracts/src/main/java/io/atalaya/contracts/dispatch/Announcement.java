package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

/**
 * One message of topic {@code announcements}: what a loudspeaker is to play, or no longer. Each
 * loudspeaker has records of its own; it keeps the highest revision of an {@code announcementId}.
 *
 * @param announcementId of one incident at one loudspeaker; it stays if that becomes part of
 *     another
 * @param deviceId of the loudspeaker
 * @param revision a time, epoch ms; above the previous revision of the announcement
 * @param type of the incident, such as {@code seismic-warning}
 * @param exercise whether it is a drill; the text says so as well
 * @param text in Mexican Spanish, es-MX
 * @param clip id of the recording that the loudspeaker holds, or null for speech made of the text
 * @param expiresAt from when on it must not be played, epoch ms
 * @param reason for which it was withdrawn, or null
 */
public record Announcement(
        String announcementId,
        String deviceId,
        @EpochMillis long revision,
        Purpose purpose,
        String incidentId,
        String type,
        int priority,
        boolean exercise,
        String text,
        String clip,
        @EpochMillis long expiresAt,
        String reason) {
    public static final RecordCodec<Announcement> CODEC =
            new RecordCodec<>(Announcement.class, 16 * 1024);

    public Announcement {
        Limits.id("announcementId", announcementId);
        Limits.id("deviceId", deviceId);
        Field.time("revision", revision);
        Field.required("purpose", purpose);
        Limits.id("incidentId", incidentId);
        Field.visible("type", type, Limits.MAX_CODE);
        Field.integer("priority", priority, 0, 100);
        Field.visible("text", text, Limits.MAX_REASON);
        Field.visibleOrNull("clip", clip, Limits.MAX_NAME);
        Field.time("expiresAt", expiresAt);
        Field.visibleOrNull("reason", reason, Limits.MAX_CODE);
    }

    /** What the loudspeaker does. */
    public enum Purpose {
        /** It plays the announcement, unless it has expired. */
        PLAY,
        /** It has the announcement already; only its end or its priority is another. */
        UPDATE,
        /** It stops playing it. */
        WITHDRAWN
    }
}
