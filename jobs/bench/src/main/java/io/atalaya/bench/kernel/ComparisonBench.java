package io.atalaya.bench.kernel;

import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.Score;
import io.atalaya.hotlistmatch.score.Scorer;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.concurrent.TimeUnit;

/** Comparison of one read with the plates of its bucket, and the score of a near one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ComparisonBench {
    /** Plates per bucket at a million national entries. */
    private static final int BUCKET = 65;

    private Samples samples;
    private Scorer scorer;
    private MatchTarget listed;
    private PlateRead misread;
    private int next;

    /** Creates the plates. */
    @Setup
    public void setUp() {
        samples = Samples.make();
        scorer = new Scorer();
        listed = MatchTarget.of(samples.entry(0));
        misread = Samples.misread(samples.entry(0));
    }

    /** Per pair of plates in the scan of a bucket. */
    @Benchmark
    @OperationsPerInvocation(BUCKET)
    public int scanOfBucket() {
        long read = samples.plate(next++);
        int near = 0;
        for (int i = 0; i < BUCKET; i++) {
            if (PlateComparison.kind(read, samples.listed(next + i)) != MatchKind.NONE) {
                near++;
            }
        }
        return near;
    }

    /** Scores a read of a listed vehicle with one wrong character. */
    @Benchmark
    public Score scoreOfMisread() {
        return scorer.score(listed, misread, ConfidenceRank.UNKNOWN, null);
    }
}
