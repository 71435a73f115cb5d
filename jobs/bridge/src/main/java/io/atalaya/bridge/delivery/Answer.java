package io.atalaya.bridge.delivery;

import io.atalaya.contracts.json.InvalidRecordException;

import java.time.Duration;

/**
 * What the far end made of a message, or that it was not sent.
 *
 * @param reason for people, in this program's words, or null where it has taken the message
 * @param said by the far end or in an exception, which may repeat what was sent, or null
 * @param retryAfter the wait that it asked for, or null
 */
public record Answer(Kind kind, String reason, String said, Duration retryAfter) {
    private static final int MAX_REASON = 500;

    public static final Answer TAKEN = new Answer(Kind.TAKEN, null, null, null);

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
        reason = printable(reason);
        said = printable(said);
    }

    private static String printable(String uncut) {
        String text = uncut == null ? "" : InvalidRecordException.printable(uncut.strip());
        return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), MAX_REASON));
    }

    public static Answer rejected(String reason) {
        return new Answer(Kind.REJECTED, reason, null, null);
    }

    public static Answer unsendable(String reason) {
        return new Answer(Kind.UNSENDABLE, reason, null, null);
    }

    public static Answer gone(String reason) {
        return new Answer(Kind.GONE, reason, null, null);
    }

    public static Answer failed(String reason) {
        return new Answer(Kind.FAILED, reason, null, null);
    }

    /** Like {@link #failed(String)}, with the wait that the far end asks for. */
    public static Answer failed(String reason, Duration retryAfter) {
        return new Answer(Kind.FAILED, reason, null, retryAfter);
    }

    /** The same with what is said of it, see {@link #said}. */
    public Answer saying(String text) {
        return new Answer(kind, reason, text, retryAfter);
    }

    /** The reason with what is said of it, for those alone who may read the message. */
    public String whole() {
        return said == null ? reason : printable(reason + ": " + said);
    }
}
