package io.atalaya.dispatch.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        return text.length() <= MAX_LENGTH ? text : source + ":" + hash(text);
    }

    /** The id of a decision about an event, the same for the same reason. */
    static String decision(String eventId, String reason) {
        String text = eventId + "/" + reason;
        return text.length() <= MAX_LENGTH ? text : hash(text);
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
