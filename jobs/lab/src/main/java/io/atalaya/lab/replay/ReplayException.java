package io.atalaya.lab.replay;

/** A replay that failed for a reason other than a malformed recording. */
final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
