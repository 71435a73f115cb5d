package io.atalaya.bench.hotlist;

import io.atalaya.bench.cluster.MemoryUse;
import io.atalaya.bench.comparison.Comparison;
import io.atalaya.bench.comparison.Delays;
import io.atalaya.bench.comparison.Lap;
import io.atalaya.bench.comparison.Machine;
import io.atalaya.bench.comparison.Table;
import io.atalaya.commandline.Chart;
import io.atalaya.hotlistmatch.HotlistMatchJob;

import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYSeries;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

    @Test
    void aFunctionCostsWhatItsContestTakesLongerForEachRead() {
        HotlistReport report =
                new HotlistReport(
                        null,
                        null,
                        List.of(
                                contest(Contest.MATCHING, 1_000, 10_000),
                                contest(Contest.PAST, 1_000, 15_000),
                                contest(Contest.CONVOYS, 1_000, 20_000),
                                contest(Contest.EVERYTHING, 1_800, 36_000),
                                contest(Contest.MATCHING, 1_000, 11_000)),
                        List.of(),
                        List.of(),
                        null);

        assertThat(report.functionCosts())
                .extracting(HotlistReport.FunctionCost::micros)
                .usingComparatorForType(new DoubleComparator(1e-9), Double.class)
                .containsExactly(10.0, 5.0, 16.0, 11.0);
    }

    @Test
    void aQuickTableSaysSoAndLeavesOutWhatIsOnlyNoiseThere() {
        HotlistReport report =
                new HotlistReport(
                        new Machine("x", 2, MIB, "java", "linux"),
                        new HotlistBench.Plan(
                                List.of(500),
                                Set.of(Contest.MATCHING),
                                1_000,
                                1,
                                0,
                                0,
                                List.of(),
                                1,
                                null,
                                1,
                                4),
                        List.of(contest(Contest.MATCHING)),
                        List.of(),
                        List.of(),
                        Footprint.of(size(1, 110), size(2, 120), 512 * MIB));
        String noise = "(?s).*WHAT EACH FUNCTION COSTS.*EXTRAPOLATED.*";
        Table full = new Table(false);
        report.print(full);
        Table quick = new Table(true);
        report.print(quick);

        assertThat(full.toString()).matches(noise).startsWith("x, 2 cores");
        assertThat(quick.toString())
                .startsWith(Table.QUICK_WARNING + "\n")
                .doesNotContain("WHAT EACH FUNCTION COSTS", "EXTRAPOLATED");
    }

    @Test
    void plotsContestsThatHaveRivalsAndTheLatencyUntilSaturation() {
        HotlistReport report =
                new HotlistReport(
                        null,
                        null,
                        List.of(
                                contest(Contest.MATCHING, "pass-through"),
                                contest(Contest.CLONES),
                                contest(Contest.PAST, "flink-sql-join")),
                        List.of(latency(5_000, false), latency(10_000, true)),
                        List.of(),
                        null);

        Map<String, Chart> plots = report.plots();

        assertThat(plots)
                .containsOnlyKeys("throughput-by-entries", "cost-by-entries", "latency-by-reads");
        assertThat(plots.get("cost-by-entries").chart().getSeriesCollection())
                .extracting(XYSeries::getName)
                .containsExactlyInAnyOrder(
                        "hotlist-match, matching alone",
                        "pass-through, matching alone",
                        "hotlist-match, and a past",
                        "flink-sql-join, and a past");
        assertThat(plots.get("latency-by-reads").chart().getSeriesCollection())
                .extracting(XYSeries::getName)
                .contains("read to alert, p50", "list change to effect, p99.9", "saturated");
    }

    private static HotlistReport.Throughput contest(Contest contest, String... rivals) {
        List<Lap> laps =
                Stream.concat(Stream.of(HotlistMatchJob.NAME), Stream.of(rivals))
                        .map(name -> new Lap(name, 0, 1_000, 1, 0.01, 0, Map.of()))
                        .toList();
        return new HotlistReport.Throughput(500, contest, 1_000, new Comparison(laps));
    }

    private static HotlistReport.Latency latency(double rate, boolean isSaturated) {
        Delays delays = new Delays(10, 0, 20, 80, 90, 95);
        return new HotlistReport.Latency(
                rate, isSaturated, 500, 60, delays, delays, delays, delays, delays, delays, null);
    }

    private static HotlistReport.Throughput contest(Contest contest, long records, long micros) {
        Lap lap = new Lap(HotlistMatchJob.NAME, 0, records, 1, micros / 1e6, 0, Map.of());
        return new HotlistReport.Throughput(500, contest, records, new Comparison(List.of(lap)));
    }

    private static HotlistReport.Size size(int millions, long heapMib) {
        MemoryUse use = new MemoryUse(heapMib * MIB, 0, 0);
        return new HotlistReport.Size(millions * 1_000_000, 1, 1, 0, use, use, use, null);
    }
}
