package io.atalaya.bridge.delivery;

import io.atalaya.contracts.json.InvalidRecordException;

import java.time.Duration;

/**
 * What the far end made of a message, or that it was not sent.
 *
 * @param reason for people, or null where it has taken the message
 * @param retryAfter the wait that it asked for, or null
 */
public record Answer(Kind kind, String reason, Duration retryAfter) {
    private static final int MAX_REASON = 500;

    public static final Answer TAKEN = new Answer(Kind.TAKEN, null, null);

    /** The kinds of answers. */
    public enum Kind {
        TAKEN,
        /** The far end will never take this message. */
        REJECTED,
        /** This side cannot send the message, whatever the far end does. */
        UNSENDABLE,
        /** The far end wants no more messages at all. */
        GONE,
        /** Unknown or for now only: to be tried again. */
        FAILED
    }

    public Answer {
        if (reason != null) {
            String text = InvalidRecordException.printable(reason);
            reason = text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
        }
    }

    public static Answer rejected(String reason) {
        return new Answer(Kind.REJECTED, reason, null);
    }

    public static Answer unsendable(String reason) {
        return new Answer(Kind.UNSENDABLE, reason, null);
    }

    public static Answer gone(String reason) {
        return new Answer(Kind.GONE, reason, null);
    }

    public static Answer failed(String reason) {
        return new Answer(Kind.FAILED, reason, null);
    }

    /** Like {@link #failed(String)}, with the wait that the far end asks for. */
    public static Answer failed(String reason, Duration retryAfter) {
        return new Answer(Kind.FAILED, reason, retryAfter);
    }
}
