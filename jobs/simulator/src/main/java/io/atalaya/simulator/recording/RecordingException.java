package io.atalaya.simulator.recording;

import java.nio.file.Path;

/** A recording that cannot be replayed; the message names the file, the line and the reason. */
public final class RecordingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordingException(Path file, long line, String reason, Throwable cause) {
        super(file + ":" + line + ": " + reason, cause);
    }

    RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
