package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LastReadsTest {
    private static final long KEY = 7;

    /**
     * The second time is in the year 2300, where a fuzzing campaign found an unsure plate being
     * compared.
     */
    @ParameterizedTest
    @ValueSource(longs = {1_772_539_200_000L, 10_412_496_000_000L})
    void aPlateThatIsUnsureIsLookedAtWheneverItIsSeen(long time) {
        LastReads last = new LastReads(new RegisteredDeviceLocations(), 200, undo -> {});
        last.unsure(KEY);
        assertThat(last.isSuspicious(KEY, time, 0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1_772_539_200_000L, 10_412_496_000_000L})
    void aPlateSeenAgainAtOnePlaceIsNotSuspicious(long time) {
        LastReads last = new LastReads(new RegisteredDeviceLocations(), 200, undo -> {});
        assertThat(last.isSuspicious(KEY, time, 0)).isFalse();
        assertThat(last.isSuspicious(KEY, time + 60_000, 0)).isFalse();
        assertThat(last.isSuspicious(KEY, time, 0)).as("a late read").isTrue();
    }
}
