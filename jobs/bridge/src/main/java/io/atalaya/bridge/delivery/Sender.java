package io.atalaya.bridge.delivery;

import java.util.concurrent.CompletableFuture;

/** Sends messages to one far end. */
public interface Sender extends AutoCloseable {
    /**
     * Starts to send a message.
     *
     * @return what the far end makes of it, within a bounded time
     * @throws RuntimeException if the message cannot be sent to any far end
     */
    CompletableFuture<Answer> send(QueuedMessage message);

    @Override
    void close();
}
