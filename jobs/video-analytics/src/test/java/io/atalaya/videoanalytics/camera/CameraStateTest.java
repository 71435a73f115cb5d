package io.atalaya.videoanalytics.camera;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class CameraStateTest {
    private final AtomicInteger encodings = new AtomicInteger();

    @Test
    void isEncodedOnceAndNotBeforeItIsNeeded() {
        CameraState state =
                new CameraState(
                        Camera.NO_TIMER,
                        Camera.NOT_EMITTED,
                        () -> new byte[] {(byte) encodings.incrementAndGet()});
        assertThat(encodings).hasValue(0);

        assertThat(state.analyzerState()).containsExactly(1);
        assertThat(state.analyzerState()).containsExactly(1);
    }

    /** The caller changes the analyzer afterwards. */
    @Test
    @Timeout(20)
    void returnsOnlyWhenAnotherThreadHasEncoded() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CameraState state =
                new CameraState(
                        Camera.NO_TIMER,
                        Camera.NOT_EMITTED,
                        () -> {
                            begun.countDown();
                            await(mayEnd);
                            return new byte[] {(byte) encodings.incrementAndGet()};
                        });
        var checkpoint = CompletableFuture.supplyAsync(state::analyzerState);
        begun.await();
        var task = CompletableFuture.supplyAsync(state::analyzerState);
        assertThat(task).isNotDone();
        mayEnd.countDown();

        assertThat(task.get(10, TimeUnit.SECONDS)).containsExactly(1);
        assertThat(checkpoint.get(10, TimeUnit.SECONDS)).containsExactly(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
