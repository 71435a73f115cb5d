package io.atalaya.bench.video;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class IntrusionsTest {
    /** At the least time and at longer ones; sizes that divide and that do not. */
    @ParameterizedTest
    @CsvSource({
        "20000, 5000, 0",
        "20000, 5000, 1",
        "20000, 5000, 38",
        "500, 500, 0",
        "80, 160, 5",
        "7001, 3000, 0",
        "100, 5000, 59"
    })
    void everyIntrusionLiesWithinTheMeasuredTime(int cameras, double rate, int longer) {
        int seconds = Intrusions.minSeconds(cameras, rate) + longer;
        Intrusions intrusions = new Intrusions(cameras, rate, seconds);
        int turns = (int) (intrusions.frames() / cameras);

        int entered = 0;
        for (int i = 0; i < cameras; i++) {
            int camera = i;
            int[] inside =
                    IntStream.range(0, turns)
                            .filter(number -> intrusions.isInside(camera, number))
                            .toArray();
            if (inside.length > 0) {
                entered++;
                int stay = inside.length;
                assertThat(stay).isGreaterThanOrEqualTo(4);
                assertThat(stay * cameras / rate).as("seconds").isGreaterThanOrEqualTo(2);
                double from = ((double) inside[0] * cameras + camera) / rate;
                assertThat(from).isGreaterThanOrEqualTo(Intrusions.WARM_SECONDS);
                assertThat(inside[stay - 1]).isLessThan(turns);
            }
        }

        assertThat(entered).isEqualTo(intrusions.entered()).isPositive();
    }
}
