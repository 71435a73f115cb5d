package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.topic.HashId;

/** The ids of evidence and of decisions about it. */
public final class EventIds {
    /** The limit of ids in topics. */
    private static final int MAX_LENGTH = 128;

    private EventIds() {}

    /**
     * An id that is unique among all sources, for example {@code alert:5f1c9a7b}. One that would be
     * too long for a topic is replaced by its hash.
     *
     * @param source such as {@code alert}
     */
    public static String of(String source, String id) {
        String text = source + ":" + id;
        return text.length() <= MAX_LENGTH ? text : source + ":" + HashId.of(source, id);
    }

    /** The id of a decision about an event, the same for the same reason. */
    static String decision(String eventId, String reason) {
        String text = eventId + "/" + reason;
        return text.length() <= MAX_LENGTH ? text : HashId.of(eventId, reason);
    }
}
