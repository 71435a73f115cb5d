package io.atalaya.commandline;

/** The broker failed during publishing, so only some changes may be in force. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
