package io.atalaya.bench.comparison;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DelaysTest {
    @Test
    void percentilesAreInMillisecondsWithoutMissingResults() {
        Delays.Recorder recorder = new Delays.Recorder();
        for (int i = 1; i <= 1_000; i++) {
            recorder.add(i * 1_000L);
        }

        Delays delays = recorder.delays(7);

        assertThat(delays.count()).isEqualTo(1_000);
        assertThat(delays.missing()).isEqualTo(7);
        assertThat(delays.p50()).isCloseTo(500, within(1.0));
        assertThat(delays.p99()).isCloseTo(990, within(1.0));
        assertThat(delays.p999()).isCloseTo(999, within(1.0));
        assertThat(delays.max()).isCloseTo(1_000, within(1.0));
    }
}
