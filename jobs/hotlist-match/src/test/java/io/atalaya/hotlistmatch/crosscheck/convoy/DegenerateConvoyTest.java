package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyScorer.ConvoyContribution;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyScorer.ConvoyEstimate;
import io.atalaya.hotlistmatch.crosscheck.convoy.SharedPassages.SharedPassage;
import io.atalaya.hotlistmatch.crosscheck.convoy.Trip.ContinuationCount;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** The score of a convoy and each of its parts are finite for trips and gaps of any size. */
class DegenerateConvoyTest {
    private static final int ARCHES = 3;

    /**
     * A vehicle that is read at each of the devices.
     *
     * @param legSeconds from one device to the next, s
     * @param swing by which the gap changes back and forth, s
     */
    private static SharedPassages chain(
            int arches,
            long legSeconds,
            long gap,
            long swing,
            double posterior,
            ContinuationCount onward) {
        List<SharedPassage> steps = new ArrayList<>();
        for (int i = 0; i < arches; i++) {
            long time = NOON + i * legSeconds * 1_000;
            ListedPassage listed =
                    new ListedPassage(
                            "E",
                            "A" + i + "/R" + i,
                            true,
                            false,
                            0,
                            "NKR4816",
                            List.of("NKR4816"),
                            "A" + i,
                            "R" + i,
                            time,
                            time,
                            time,
                            null,
                            posterior,
                            null,
                            List.of(),
                            false,
                            List.of(),
                            new ReadOrigin("A" + i, false, RecordPosition.UNKNOWN));
            long read = time + 1_000 * (gap + (i % 2 == 0 ? 0 : swing));
            NearbyRead car =
                    new NearbyRead("C" + i, "PUF719L", read, read, NearbyRead.STANDS, List.of());
            steps.add(SharedPassage.of(new PassageNeighbourhood(listed, 3, List.of(car)), car));
        }
        return new SharedPassages(41, steps, 2, 1, onward);
    }

    @Provide
    Arbitrary<List<SharedPassages>> chains() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 3, 20, ConvoyCase.MAX_ARCHES),
                        Arbitraries.of(0L, 1L, 60L, 3_600L),
                        Arbitraries.of(0L, -300L, 300L, 1_000_000L),
                        Arbitraries.of(0L, 1L, 600L, 2_000_000L),
                        Arbitraries.of(0.0, 1e-300, 0.5, 1.0),
                        Arbitraries.of(
                                new ContinuationCount(0, 0),
                                new ContinuationCount(3_000, 0),
                                new ContinuationCount(9, 9)))
                .as(DegenerateConvoyTest::chain)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 1_000)
    void isScoredInNumbers(@ForAll("chains") List<SharedPassages> chains) {
        for (ConvoyEstimate company : new ConvoyScorer(ARCHES).weigh(chains)) {
            double sum = company.weights().stream().mapToDouble(ConvoyContribution::logOdds).sum();
            assertThat(1 / (1 + Math.exp(-sum)))
                    .isCloseTo(company.posterior(), org.assertj.core.api.Assertions.within(1e-9));
            assertThat(company.parts()).hasSameSizeAs(company.weights());
        }
    }

    /** An escort that keeps its distance all day; the odds of four vehicles would overflow. */
    @Test
    void anEscortOverAsManyArchesAsAreKeptIsNearlyCertain() {
        List<SharedPassages> escort = new ArrayList<>();
        for (int car = 0; car < 4; car++) {
            escort.add(
                    chain(
                            ConvoyCase.MAX_ARCHES,
                            600,
                            3 + car,
                            0,
                            1,
                            new ContinuationCount(3_000, 0)));
        }
        assertThat(new ConvoyScorer(ARCHES).weigh(escort))
                .allSatisfy(company -> assertThat(company.posterior()).isEqualTo(0.9999));
    }
}
