package io.atalaya.bench.kernel;

import io.atalaya.bench.hotlist.NationalList;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.prefilter.HotlistFilter;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.ScoreBound;
import io.atalaya.hotlistmatch.score.ScoreBoundFilter;
import io.atalaya.hotlistmatch.score.Thresholds;

import it.unimi.dsi.fastutil.longs.LongSets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Both gates for a read of an unlisted national plate, against a national list. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateBench {
    private static final int READS = 1 << 16;
    private static final long SEED = 7;

    /** Listed plates. */
    @Param({"200000", "1000000"})
    private int entries;

    /** Whether the reader recognises make, colour and type, which makes more plates likely. */
    @Param({"true", "false"})
    private boolean looks;

    private final ScoreBoundFilter plausibility =
            new ScoreBoundFilter(Thresholds.parse("80:0.70:0.05, 40:0.80:0.08, 0:0.90:0.15"), 0);
    private final long[] folded = new long[READS];
    private final ScoreBound[] bounds = new ScoreBound[READS];
    private HotlistFilter filter;
    private int next;

    /** Lists the plates, and creates the reads of others. */
    @Setup
    public void setUp() {
        NationalList list = new NationalList(SEED, entries + READS, LongSets.EMPTY_SET);
        filter = new HotlistFilter(entries + entries / 4);
        for (int i = 0; i < entries; i++) {
            filter.apply(
                    new ListDelta.Added(
                            i, MatchTarget.of(list.entry(i)), 0, false, RecordPosition.UNKNOWN));
        }
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < READS; i++) {
            PlateRead read = Samples.read(list.entry(entries + i), random.nextDouble(), looks);
            folded[i] = CanonicalPlate.fold(CanonicalPlate.pack(read.plate()));
            bounds[i] =
                    plausibility.of(read, new ConfidenceRank((float) random.nextDouble(), 1_000));
        }
    }

    /** Whether some plate may be near. */
    @Benchmark
    public int first() {
        return filter.near(folded[++next & READS - 1]);
    }

    /** Whether some plate may be near and likely enough. */
    @Benchmark
    public boolean both() {
        int i = ++next & READS - 1;
        int near = filter.near(folded[i]);
        return near != 0 && filter.canReachReview(folded[i], near, bounds[i], plausibility);
    }
}
