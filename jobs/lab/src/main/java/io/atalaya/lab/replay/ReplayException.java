package io.atalaya.lab.replay;

/** A replay that could not be brought to its end, through no fault of the recording. */
final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
