package io.atalaya.bench.hotlist;

import io.atalaya.bench.throughput.Lap;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class RaceTest {
    private static final Race RACE =
            new Race(
                    1_000,
                    false,
                    100,
                    List.of(
                            new Lap("slow", 0, 100, 2, 3, 0),
                            new Lap("fast", 0, 100, 1, 1, 0),
                            new Lap("slow", 1, 100, 4, 3, 0),
                            new Lap("fast", 1, 100, 1, 1, 0),
                            // A stall of the machine, which the median leaves out.
                            new Lap("slow", 2, 100, 400, 3, 0),
                            new Lap("fast", 2, 100, 1, 1, 0)));

    @Test
    void ratios_are_of_medians() {
        assertThat(RACE.speed("slow").median()).isEqualTo(25);
        assertThat(RACE.ratio("slow", "fast")).isEqualTo(0.25);
        assertThat(RACE.cpuRatio("slow", "fast")).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(RACE.cpu("slow").median()).isCloseTo(30_000, within(1e-6));
    }

    @Test
    void a_contender_without_laps_is_a_failure() {
        assertThatThrownBy(() -> RACE.speed("absent")).isInstanceOf(IllegalArgumentException.class);
    }
}
