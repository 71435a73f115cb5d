package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.hotlistmatch.crosscheck.HypothesisOdds;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.ImpossibleTravel;
import io.atalaya.hotlistmatch.event.EnrichedRead;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.KEY;
import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CloneScoreTest {
    private static final Vehicle WHITE_NISSAN = new Vehicle("NISSAN", null, "WHITE", "SEDAN", 0.9);
    private static final Vehicle RED_FORD = new Vehicle("FORD", null, "RED", "PICKUP", 0.9);

    private final CloneLogic logic = Town.logic(200);
    private final CloneScore score = new CloneScore();

    @Test
    void partsSumUpToTheScore() {
        HypothesisOdds result = score(seen("A", "1", 0), seen("C", "2", 60));
        double sum = result.parts().stream().mapToDouble(ScoreContribution::logOdds).sum();
        assertThat(result.posterior()).isCloseTo(1 / (1 + Math.exp(-sum)), within(1e-12));
        assertThat(result.parts())
                .extracting(ScoreContribution::name)
                .containsExactly("travel", "confidence", "alternatives");
    }

    @Test
    void twoGoodReadsInterruptAndADoubtfulOneWaits() {
        assertThat(of(0.95, 0.95)).isGreaterThan(0.75);
        assertThat(of(0.95, 0.82)).isBetween(0.5, 0.75);
    }

    @Test
    void theMoreTheReaderDoubtsTheLess() {
        assertThat(of(0.99, 0.99)).isGreaterThan(of(0.95, 0.95));
        assertThat(of(0.95, 0.95)).isGreaterThan(of(0.95, 0.85));
        assertThat(of(0.95, 0.85)).isGreaterThan(of(0.85, 0.85));
    }

    @Test
    void anotherTextAmongTheAlternativesSpeaksForAMisread() {
        EnrichedRead offers = offering(seen("C", "2", 60), "NKR4B16", "NKR4876");
        assertThat(score(seen("A", "1", 0), offers).posterior()).isLessThan(of(0.95, 0.95) - 0.25);
    }

    @Test
    void otherLooksAddAndTheSameLooksTakeAway() {
        double none = of(0.95, 0.95);
        double other = appearance(WHITE_NISSAN, RED_FORD);
        double same = appearance(WHITE_NISSAN, WHITE_NISSAN);
        assertThat(other).isGreaterThan(none);
        assertThat(same).isLessThan(none);
        // A cloned vehicle may copy the appearance too.
        assertThat(same).isGreaterThan(0.5);
    }

    @Test
    void whatAlternatesIsNoSingleMistake() {
        double one = score(seen("A", "1", 0), seen("C", "2", 60)).posterior();
        // One misread in between explains two pairs.
        double between =
                score(seen("A", "1", 0), seen("C", "2", 60), seen("A", "3", 120)).posterior();
        double alternating =
                score(
                                seen("A", "1", 0),
                                seen("C", "2", 60),
                                seen("A", "3", 120),
                                seen("D", "4", 180))
                        .posterior();
        assertThat(between).isCloseTo(one, within(0.1));
        assertThat(alternating).isGreaterThan(between).isGreaterThan(0.95);
    }

    @Test
    void aTextOfNoSeriesIsOftenMisread() {
        long sign = CanonicalPlate.pack("12A4B67");
        List<ImpossibleTravel> pairs = pairs(seen("A", "1", 0), seen("C", "2", 60));
        assertThat(score.score(sign, pairs).posterior())
                .isLessThan(score.score(KEY, pairs).posterior());
    }

    @Test
    void twoStatesMayGiveOutTheSameText() {
        EnrichedRead texas = stated(seen("A", "1", 0), "US", "TX");
        EnrichedRead california = stated(seen("C", "2", 60), "US", "CA");
        assertThat(score(texas, california).posterior())
                .isLessThan(score(texas, stated(seen("C", "2", 60), "US", "TX")).posterior());
    }

    private double of(double one, double other) {
        return score(seen("A", "1", 0, 0, one, null), seen("C", "2", 60, 60, other, null))
                .posterior();
    }

    private double appearance(Vehicle one, Vehicle other) {
        return score(seen("A", "1", 0, 0, 0.95, one), seen("C", "2", 60, 60, 0.95, other))
                .posterior();
    }

    private HypothesisOdds score(EnrichedRead... enrichedReads) {
        return score.score(KEY, pairs(enrichedReads));
    }

    private List<ImpossibleTravel> pairs(EnrichedRead... enrichedReads) {
        return logic.derive(KEY, List.of(enrichedReads), Long.MAX_VALUE, List.of()).get(0).pairs();
    }

    private static EnrichedRead offering(EnrichedRead enrichedRead, String... texts) {
        List<Candidate> candidates =
                Arrays.stream(texts).map(text -> new Candidate(text, 0.4)).toList();
        PlateRead r = enrichedRead.read();
        return with(enrichedRead, candidates, r.country(), r.state());
    }

    private static EnrichedRead stated(EnrichedRead enrichedRead, String country, String state) {
        return with(enrichedRead, enrichedRead.read().candidates(), country, state);
    }

    private static EnrichedRead with(
            EnrichedRead enrichedRead, List<Candidate> candidates, String country, String state) {
        PlateRead r = enrichedRead.read();
        return new EnrichedRead(
                enrichedRead.passageId(),
                enrichedRead.arrivalTime(),
                false,
                new PlateRead(
                        r.readId(),
                        r.deviceId(),
                        r.lane(),
                        r.deviceTime(),
                        r.plate(),
                        r.confidence(),
                        candidates,
                        country,
                        state,
                        r.direction(),
                        r.speedKmh(),
                        r.vehicle(),
                        r.plateImage(),
                        r.imageRef(),
                        r.supersedes(),
                        r.isWithdrawn()));
    }
}
