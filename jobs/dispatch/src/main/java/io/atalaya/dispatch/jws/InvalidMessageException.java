package io.atalaya.dispatch.jws;

/** What is no signed message. */
public final class InvalidMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidMessageException(String message) {
        super(message);
    }
}
