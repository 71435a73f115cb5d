package io.atalaya.ops.broker;

/** The broker failed while changes were being published: some may be in force, some not. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
