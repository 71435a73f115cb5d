package io.atalaya.bench.hotlist;

import io.atalaya.bench.state.Holding;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FootprintTest {
    private static final long MIB = 1 << 20;

    @Test
    void a_line_through_both_sizes_and_what_is_configured() {
        Footprint footprint = Footprint.of(size(1, 110), size(2, 120), 512 * MIB);

        assertThat(footprint.entries()).isEqualTo(10_000_000);
        assertThat(footprint.heapBytes()).isEqualTo(200 * MIB);
        assertThat(footprint.sightedBytes()).isEqualTo(600_000_000);
        assertThat(footprint.total()).isEqualTo((200 + 512 + 768) * MIB + 600_000_000);
        assertThat(footprint.fits()).isTrue();
    }

    @Test
    void a_line_that_falls_says_nothing_below_what_was_measured() {
        assertThat(Footprint.of(size(1, 120), size(2, 110), 512 * MIB).heapBytes())
                .isEqualTo(110 * MIB);
    }

    @Test
    void what_needs_more_than_eight_gib_does_not_fit() {
        assertThat(Footprint.of(size(1, 1_000), size(2, 2_000), 512 * MIB).fits()).isFalse();
    }

    private static SizeFigures size(int millions, long heapMib) {
        Holding holding = new Holding(heapMib * MIB, 0, 0);
        return new SizeFigures(millions * 1_000_000, 1, 1, 0, holding, holding, holding, null);
    }
}
