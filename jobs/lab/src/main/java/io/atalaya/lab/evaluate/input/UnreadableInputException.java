package io.atalaya.lab.evaluate.input;

/** A file that cannot be scored; the message names the file, the position and the reason. */
public final class UnreadableInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
