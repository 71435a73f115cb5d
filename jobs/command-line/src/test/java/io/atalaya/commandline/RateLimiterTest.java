package io.atalaya.commandline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimiterTest {
    @Test
    void exceedsTheRateByAtMostOneSlice() throws Exception {
        int perSecond = 5_000;
        double ahead = 0;
        long from = System.nanoTime();
        RateLimiter limiter = new RateLimiter(perSecond);
        for (int i = 0; i < 2_000; i++) {
            limiter.await();
            ahead = Math.max(ahead, i - (System.nanoTime() - from) / 1e9 * perSecond);
        }
        // A slice is a fiftieth of a second; waits are truncated to whole milliseconds.
        assertThat(ahead).isLessThan(perSecond / 50 + perSecond / 1000 + 1);
    }
}
