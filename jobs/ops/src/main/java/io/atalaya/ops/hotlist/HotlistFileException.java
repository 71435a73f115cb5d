package io.atalaya.ops.hotlist;

/** A list file that is unusable as a whole: unreadable, cut off, or without usable columns. */
final class HotlistFileException extends Exception {
    private static final long serialVersionUID = 1L;

    HotlistFileException(String message) {
        super(message);
    }

    HotlistFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
