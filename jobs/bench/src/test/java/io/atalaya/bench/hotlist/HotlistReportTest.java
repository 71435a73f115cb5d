package io.atalaya.bench.hotlist;

import io.atalaya.bench.cluster.MemoryUse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HotlistReportTest {
    private static final long MIB = 1 << 20;

    @Test
    void footprintExtrapolatesLinearly() {
        Footprint footprint = Footprint.of(size(1, 110), size(2, 120), 512 * MIB);

        assertThat(footprint.entries()).isEqualTo(10_000_000);
        assertThat(footprint.heapBytes()).isEqualTo(200 * MIB);
        assertThat(footprint.sightedBytes()).isEqualTo(600_000_000);
        assertThat(footprint.totalBytes()).isEqualTo((200 + 512 + 768) * MIB + 600_000_000);
        assertThat(footprint.fits()).isTrue();
    }

    @Test
    void footprintIsAtLeastTheMeasuredHeap() {
        assertThat(Footprint.of(size(1, 120), size(2, 110), 512 * MIB).heapBytes())
                .isEqualTo(110 * MIB);
    }

    @Test
    void footprintAboveEightGibDoesNotFit() {
        assertThat(Footprint.of(size(1, 1_000), size(2, 2_000), 512 * MIB).fits()).isFalse();
    }

    /** They are there before the first entry, and for nothing else. */
    @Test
    void heapOfAnEntryIncludesThePrefilters() {
        HotlistReport.Size size =
                new HotlistReport.Size(
                        1_000,
                        500,
                        1,
                        24_000,
                        new MemoryUse(100_000, 10_000, 0),
                        new MemoryUse(106_000, 433_000, 0),
                        new MemoryUse(206_000, 603_000, 0),
                        null);

        assertThat(size.heapBytesPerEntry()).isEqualTo(30);
        assertThat(size.stateBytesPerEntry()).isEqualTo(423);
        assertThat(size.heapBytesPerRecord()).isEqualTo(200);
        assertThat(size.stateBytesPerRecord()).isEqualTo(340);
    }

    private static HotlistReport.Size size(int millions, long heapMib) {
        MemoryUse use = new MemoryUse(heapMib * MIB, 0, 0);
        return new HotlistReport.Size(millions * 1_000_000, 1, 1, 0, use, use, use, null);
    }
}
