package io.atalaya.console.security;

import io.atalaya.console.request.Problem;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("attack")
class LaneTest {
    /** A flood of logins waits in its own lane, and only a part of it waits at all. */
    @Test
    void refusesAFloodAtOnceAndLeavesTheOtherLaneFree() throws Exception {
        Lane flooded = new Lane(1);
        CountDownLatch isRunning = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger refused = new AtomicInteger();
        ExecutorService strangers = Executors.newFixedThreadPool(40);
        try {
            Future<?> first = strangers.submit(() -> flooded.check(() -> hold(isRunning, end)));
            isRunning.await();
            List<Future<?>> others = new ArrayList<>();
            for (int i = 0; i < 39; i++) {
                others.add(
                        strangers.submit(
                                () -> {
                                    try {
                                        flooded.check(() -> true);
                                    } catch (Problem e) {
                                        refused.incrementAndGet();
                                    }
                                }));
            }
            long start = System.nanoTime();
            while (refused.get() < 23 && System.nanoTime() - start < 2_000_000_000L) {
                Thread.sleep(5);
            }
            assertThat(refused.get()).isEqualTo(23);
            assertThat(new Lane(1).check(() -> "unlocked")).isEqualTo("unlocked");
            end.countDown();
            first.get(10, TimeUnit.SECONDS);
            for (Future<?> each : others) {
                each.get(10, TimeUnit.SECONDS);
            }
            assertThat(flooded.check(() -> "free")).isEqualTo("free");
        } finally {
            strangers.shutdownNow();
        }
    }

    private static boolean hold(CountDownLatch isRunning, CountDownLatch end) {
        isRunning.countDown();
        try {
            return end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isFreeAgainAfterAFailure() {
        Lane lane = new Lane(1);
        for (int i = 0; i < 40; i++) {
            assertThatThrownBy(
                            () ->
                                    lane.check(
                                            () -> {
                                                throw new IllegalStateException("x");
                                            }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(lane.check(() -> 1)).isEqualTo(1);
    }
}
