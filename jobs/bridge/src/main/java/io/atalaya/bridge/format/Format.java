package io.atalaya.bridge.format;

import io.atalaya.bridge.delivery.QueuedMessage;

/** A form in which an incident is sent to another system. */
public interface Format {
    String contentType();

    /** The message in this form. The same message makes the same bytes. */
    byte[] body(QueuedMessage message);

    /** The content type of {@link #data}. */
    default String dataContentType() {
        return contentType();
    }

    /** The message where the attributes of its CloudEvent travel beside it. */
    default byte[] data(QueuedMessage message) {
        return body(message);
    }
}
