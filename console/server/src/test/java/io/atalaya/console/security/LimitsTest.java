package io.atalaya.console.security;

import io.atalaya.console.security.Limits.Limit;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("attack")
class LimitsTest {
    private long nanos;
    private final Limits limits =
            new Limits(
                    new TimeMeter() {
                        @Override
                        public long currentTimeNanos() {
                            return nanos;
                        }

                        @Override
                        public boolean isWallClockBased() {
                            return false;
                        }
                    },
                    Limit.PLATES.tries());

    @Test
    void countsSeveralTriesOrNone() {
        int most = Limit.PLATES.tries();
        assertThat(limits.count(Limit.PLATES, "ana", most - 1)).isTrue();
        assertThat(limits.count(Limit.PLATES, "ana", 2)).isFalse();
        assertThat(limits.counted(Limit.PLATES, "ana")).isEqualTo(most - 1);
        limits.countAll(Limit.PLATES, "ana", 2);
        assertThat(limits.counted(Limit.PLATES, "ana")).isEqualTo(most);
        assertThat(limits.count(Limit.PLATES, "ana", 0)).isTrue();
        nanos += TimeUnit.MINUTES.toNanos(30);
        assertThat(limits.counted(Limit.PLATES, "ana")).isEqualTo(most / 2);
    }

    @Test
    void takesTheLimitOfPlatesThatTheInstallationSets() {
        assertThat(new Limits(7).count(Limit.PLATES, "ana", 8)).isFalse();
        assertThat(new Limits(7).count(Limit.PLATES, "ana", 7)).isTrue();
        assertThatThrownBy(() -> new Limits(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("console.plates-per-hour: got 0, expected 1 or more");
    }

    @Test
    void letsThirtyThroughAtOnceAndThenOneEveryTwoSeconds() {
        for (int i = 0; i < Limit.EXPENSIVE.tries(); i++) {
            assertThat(limits.retryAfterSeconds(Limit.EXPENSIVE, "ana")).isZero();
        }
        assertThat(limits.retryAfterSeconds(Limit.EXPENSIVE, "ana")).isEqualTo(2);
        assertThat(limits.retryAfterSeconds(Limit.EXPENSIVE, "luz")).isZero();
        nanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(limits.retryAfterSeconds(Limit.EXPENSIVE, "ana")).isZero();
        assertThat(limits.retryAfterSeconds(Limit.EXPENSIVE, "ana")).isEqualTo(2);
    }

    @Test
    void keepsABoundedNumberOfStrangers() {
        for (int i = 0; i < 10 * Limits.MAX_BUCKETS; i++) {
            limits.retryAfterSeconds(Limit.WRONG_FOR_NAME, "name-" + i);
        }

        assertThat(limits.size()).isLessThanOrEqualTo(Limits.MAX_BUCKETS);
    }

    @Test
    void takesANetworkOfIpv6ForOneAddress() {
        assertThat(Limits.origin("2001:db8:0:1::1")).isEqualTo(Limits.origin("2001:db8:0:1:2::9"));
        assertThat(Limits.origin("2001:db8:0:1::1")).isNotEqualTo(Limits.origin("2001:db8:0:2::1"));
        assertThat(Limits.origin("10.1.2.3")).isEqualTo("10.1.2.3");
    }
}
