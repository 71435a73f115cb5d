package io.atalaya.lab.evaluate.score;

import io.atalaya.lab.evaluate.score.ThresholdCurve.Labelled;
import io.atalaya.lab.evaluate.score.ThresholdCurve.Point;
import io.atalaya.lab.evaluate.score.ThresholdCurve.Scored;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ThresholdCurveTest {
    @Property(tries = 300)
    void eachPointCountsWhatIsShownFromItsThresholdOn(@ForAll("alerts") List<Scored> alerts) {
        ThresholdCurve curve = ThresholdCurve.of(alerts, 7);
        Set<Double> scores = alerts.stream().map(Scored::score).collect(Collectors.toSet());
        assertThat(curve.points().stream().map(Point::threshold))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(scores)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        for (Point point : curve.points()) {
            Set<Object> found = new HashSet<>();
            int[] counts = new int[Verdict.values().length];
            for (Scored alert : alerts) {
                if (alert.score() >= point.threshold()) {
                    found.addAll(alert.found());
                    counts[alert.verdict().ordinal()]++;
                }
            }
            assertThat(point.found()).isEqualTo(found.size());
            assertThat(point.right()).isEqualTo(counts[Verdict.RIGHT.ordinal()]);
            assertThat(point.excused()).isEqualTo(counts[Verdict.EXCUSED.ordinal()]);
            assertThat(point.wrong()).isEqualTo(counts[Verdict.FALSE.ordinal()]);
        }
    }

    @Provide
    Arbitrary<List<Scored>> alerts() {
        // Few distinct scores and passages, so that ties and double finds are common.
        Arbitrary<Double> scores = Arbitraries.integers().between(0, 20).map(i -> i / 20.0);
        Arbitrary<List<Integer>> passages =
                Arbitraries.integers().between(0, 6).list().ofMinSize(1).ofMaxSize(3);
        return Combinators.combine(scores, Arbitraries.of(Verdict.class), passages)
                .as(
                        (score, verdict, found) ->
                                new Scored(
                                        score,
                                        verdict,
                                        verdict == Verdict.RIGHT ? found : List.of()))
                .list()
                .ofMaxSize(30);
    }

    @Test
    void nothingShownIsPreciseAndFindsNothing() {
        assertThat(ThresholdCurve.of(List.of(), 4).points()).isEmpty();
        Point excused = new Point(0.5, 0, 3, 0, 0);
        assertThat(excused.precision()).isEqualTo(1);
        assertThat(excused.shown()).isEqualTo(3);
        assertThat(new ThresholdCurve(List.of(excused), 4).recall(excused)).isZero();
    }

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
        assertThat(ThresholdCurve.ofLabelled(labelled(usual, unusual)).rocAuc())
                .isCloseTo(pairs / usual.size() / unusual.size(), within(1e-12));
    }

    @Test
    void averagePrecisionIsTheMeanOverTheUnusualOnes() {
        ThresholdCurve ranking = ThresholdCurve.ofLabelled(labelled(List.of(2, 0), List.of(3, 1)));
        assertThat(ranking.averagePrecision()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-12));
    }

    @Test
    void oneKindAloneCannotBeRanked() {
        assertThat(ThresholdCurve.ofLabelled(labelled(List.of(1), List.of())).hasBothLabels())
                .isFalse();
        assertThat(ThresholdCurve.ofLabelled(labelled(List.of(), List.of(1))).hasBothLabels())
                .isFalse();
        assertThat(ThresholdCurve.ofLabelled(List.of()).hasBothLabels()).isFalse();
    }
}
