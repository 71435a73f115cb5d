package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.topic.RecordPosition;
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
    private static SharedPassages shared(
            int neighbourhoods,
            long legSeconds,
            long gap,
            long swing,
            double posterior,
            ContinuationCount onward) {
        List<SharedPassage> passages = new ArrayList<>();
        for (int i = 0; i < neighbourhoods; i++) {
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
            NearbyRead vehicleRead =
                    new NearbyRead(
                            "C" + i, "PUF719L", read, read, NearbyRead.NOT_RETRACTED, List.of());
            passages.add(
                    SharedPassage.of(
                            new PassageNeighbourhood(listed, 3, List.of(vehicleRead)),
                            vehicleRead));
        }
        return new SharedPassages(41, passages, 2, 1, onward);
    }

    @Provide
    Arbitrary<List<SharedPassages>> trips() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 3, 20, ConvoyCase.MAX_PASSAGES),
                        Arbitraries.of(0L, 1L, 60L, 3_600L),
                        Arbitraries.of(0L, -300L, 300L, 1_000_000L),
                        Arbitraries.of(0L, 1L, 600L, 2_000_000L),
                        Arbitraries.of(0.0, 1e-300, 0.5, 1.0),
                        Arbitraries.of(
                                new ContinuationCount(0, 0),
                                new ContinuationCount(3_000, 0),
                                new ContinuationCount(9, 9)))
                .as(DegenerateConvoyTest::shared)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 1_000)
    void isScoredInNumbers(@ForAll("trips") List<SharedPassages> shared) {
        for (ConvoyEstimate estimate : new ConvoyScorer(ARCHES).score(shared)) {
            double sum =
                    estimate.contributions().stream().mapToDouble(ScoreContribution::logOdds).sum();
            assertThat(1 / (1 + Math.exp(-sum)))
                    .isCloseTo(estimate.posterior(), org.assertj.core.api.Assertions.within(1e-9));
        }
    }

    /** An escort that keeps its distance all day; the odds of four vehicles would overflow. */
    @Test
    void anEscortOverAsManyArchesAsAreKeptIsNearlyCertain() {
        List<SharedPassages> escort = new ArrayList<>();
        for (int vehicleRead = 0; vehicleRead < 4; vehicleRead++) {
            escort.add(
                    shared(
                            ConvoyCase.MAX_PASSAGES,
                            600,
                            3 + vehicleRead,
                            0,
                            1,
                            new ContinuationCount(3_000, 0)));
        }
        assertThat(new ConvoyScorer(ARCHES).score(escort))
                .allSatisfy(estimate -> assertThat(estimate.posterior()).isEqualTo(0.9999));
    }
}
