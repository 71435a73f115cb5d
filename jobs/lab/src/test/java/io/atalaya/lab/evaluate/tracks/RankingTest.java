package io.atalaya.lab.evaluate.tracks;

import io.atalaya.lab.evaluate.tracks.Ranking.Labelled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RankingTest {
    private static List<Labelled> labelled(List<Integer> usual, List<Integer> unusual) {
        List<Labelled> scores = new ArrayList<>();
        usual.forEach(score -> scores.add(new Labelled(score, false)));
        unusual.forEach(score -> scores.add(new Labelled(score, true)));
        return scores;
    }

    @Property(tries = 100)
    void theAreaIsTheShareOfPairsInTheRightOrder(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 9) Integer> usual,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 9) Integer> unusual) {
        double pairs = 0;
        for (int low : usual) {
            for (int high : unusual) {
                pairs += high > low ? 1 : high == low ? 0.5 : 0;
            }
        }
        assertThat(Ranking.of(labelled(usual, unusual)).rocAuc())
                .isCloseTo(pairs / usual.size() / unusual.size(), within(1e-12));
    }

    @Test
    void averagePrecisionIsTheMeanOverTheUnusualOnes() {
        Ranking ranking = Ranking.of(labelled(List.of(2, 0), List.of(3, 1)));
        assertThat(ranking.averagePrecision()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-12));
    }

    @Test
    void oneKindAloneCannotBeRanked() {
        assertThat(Ranking.of(labelled(List.of(1), List.of())).judges()).isFalse();
        assertThat(Ranking.of(labelled(List.of(), List.of(1))).judges()).isFalse();
        assertThat(Ranking.of(List.of()).judges()).isFalse();
    }
}
