package io.atalaya.bridge.webhook;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The beginning of an answer, for people. A far end may send any number of bytes. */
final class ShortBody implements BodySubscriber<String> {
    private static final int MAX_BYTES = 400;

    private final ByteArrayOutputStream start = new ByteArrayOutputStream();
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private Flow.Subscription subscription;

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), MAX_BYTES - start.size())];
            buffer.get(bytes);
            start.writeBytes(bytes);
        }
        if (start.size() >= MAX_BYTES) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable fault) {
        // The status is known, which is what counts.
        onComplete();
    }

    @Override
    public void onComplete() {
        text.complete(start.toString(StandardCharsets.UTF_8));
    }
}
