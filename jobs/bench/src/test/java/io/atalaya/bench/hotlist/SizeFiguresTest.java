package io.atalaya.bench.hotlist;

import io.atalaya.bench.state.Holding;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SizeFiguresTest {
    /** They are there before the first entry, and for nothing else. */
    @Test
    void an_entry_takes_its_part_of_the_prefilters_too() {
        SizeFigures figures =
                new SizeFigures(
                        1_000,
                        500,
                        1,
                        24_000,
                        new Holding(100_000, 10_000, 0),
                        new Holding(106_000, 433_000, 0),
                        new Holding(206_000, 603_000, 0),
                        null);

        assertThat(figures.heapOfEntry()).isEqualTo(30);
        assertThat(figures.stateOfEntry()).isEqualTo(423);
        assertThat(figures.heapOfRead()).isEqualTo(200);
        assertThat(figures.stateOfRead()).isEqualTo(340);
    }
}
