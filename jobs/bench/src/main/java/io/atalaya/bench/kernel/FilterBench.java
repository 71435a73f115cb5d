package io.atalaya.bench.kernel;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.match.BucketKeys;
import io.atalaya.hotlistmatch.prefilter.DeletionFilter;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The prefilter for every read, at two list sizes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBench {
    private static final int LENGTH = 7;
    private static final String CHARACTERS = "ABCEFGHJKLMNPRSTUVWXYZ0123456789";

    /** Listed plates. */
    @Param({"200000", "1000000"})
    private int entries;

    private Samples samples;
    private DeletionFilter filter;
    private int next;

    /** Fills the filter with random plates up to its capacity. */
    @Setup
    public void setUp() {
        samples = Samples.make();
        filter = new DeletionFilter(entries);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < entries; i++) {
            StringBuilder plate = new StringBuilder(LENGTH);
            for (int j = 0; j < LENGTH; j++) {
                plate.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            filter.add(CanonicalPlate.fold(CanonicalPlate.pack(plate.toString())));
        }
    }

    /** A read without a near listed plate. */
    @Benchmark
    public boolean probe() {
        return filter.canHaveNear(CanonicalPlate.fold(samples.plate(next++)));
    }

    /** The bucket keys of a passed read. */
    @Benchmark
    public void bucketKeys(Blackhole hole) {
        BucketKeys.ofRead(CanonicalPlate.fold(samples.plate(next++)), hole::consume);
    }
}
