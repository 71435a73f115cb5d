package io.atalaya.console;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LimitsTest {
    private final Limits limits = new Limits();

    @Test
    void letsThirtyThroughInAnyMinute() {
        for (int i = 0; i < Limits.A_MINUTE; i++) {
            assertThat(limits.retryAfterSeconds("ana", 1_000L * i)).isZero();
        }
        assertThat(limits.retryAfterSeconds("ana", 30_000)).isEqualTo(30);
        assertThat(limits.retryAfterSeconds("ana", 59_999)).isEqualTo(1);
        assertThat(limits.retryAfterSeconds("luz", 59_999)).isZero();
        assertThat(limits.retryAfterSeconds("ana", 60_000)).isZero();
        assertThat(limits.retryAfterSeconds("ana", 60_000)).isEqualTo(1);
    }
}
