package io.atalaya.cli.hotlist;

/** The broker failed while changes were being published: some may be in force, some not. */
final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
