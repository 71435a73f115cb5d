package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.hotlist.JudgedAlert.RequiredPassage;
import io.atalaya.lab.evaluate.hotlist.JudgedAlert.Verdict;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ThresholdCurveTest {

    @Property(tries = 300)
    void each_point_counts_what_is_shown_from_its_threshold_on(
            @ForAll("alerts") List<JudgedAlert> alerts) {
        List<ThresholdCurve.Point> curve = ThresholdCurve.of(alerts);
        Set<Double> scores = new HashSet<>();
        alerts.forEach(alert -> scores.add(alert.score()));
        assertThat(curve.stream().map(ThresholdCurve.Point::threshold))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(scores)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        for (ThresholdCurve.Point point : curve) {
            Set<RequiredPassage> found = new HashSet<>();
            int[] counts = new int[Verdict.values().length];
            for (JudgedAlert alert : alerts) {
                if (alert.score() >= point.threshold()) {
                    found.addAll(alert.found());
                    counts[alert.verdict().ordinal()]++;
                }
            }
            assertThat(point.found()).isEqualTo(found.size());
            assertThat(point.right()).isEqualTo(counts[Verdict.RIGHT.ordinal()]);
            assertThat(point.optional()).isEqualTo(counts[Verdict.OPTIONAL.ordinal()]);
            assertThat(point.wrong()).isEqualTo(counts[Verdict.FALSE.ordinal()]);
        }
    }

    @Property(tries = 300)
    void the_calibration_error_is_the_weighted_gap_of_the_bins(
            @ForAll("alerts") List<JudgedAlert> alerts) {
        double floor = 0.25;
        Reliability reliability = Reliability.of(alerts, floor);
        double gaps = 0;
        int all = 0;
        for (int bin = 0; bin < 10; bin++) {
            double sum = 0;
            int n = 0;
            int listed = 0;
            for (JudgedAlert alert : alerts) {
                boolean inBin =
                        alert.score() >= bin / 10.0
                                && (alert.score() < (bin + 1) / 10.0 || bin == 9);
                if (inBin && alert.score() >= floor && alert.isListedVehicle() != null) {
                    sum += alert.score();
                    listed += alert.isListedVehicle() ? 1 : 0;
                    n++;
                }
            }
            gaps += Math.abs(sum - listed);
            all += n;
        }
        assertThat(reliability.count()).isEqualTo(all);
        assertThat(reliability.calibrationError())
                .isCloseTo(all == 0 ? 0 : gaps / all, within(1e-9));
    }

    @Test
    void a_score_that_keeps_its_word_has_no_calibration_error() {
        List<JudgedAlert> alerts =
                List.of(
                        alert(0.75, Verdict.RIGHT),
                        alert(0.75, Verdict.RIGHT),
                        alert(0.75, Verdict.FALSE),
                        alert(0.75, Verdict.RIGHT),
                        alert(0.9, Verdict.OPTIONAL));
        assertThat(Reliability.of(alerts, 0).calibrationError()).isCloseTo(0, within(1e-12));
        assertThat(Reliability.of(alerts, 0).bins()).hasSize(1);
        assertThat(Reliability.of(alerts, 0.8).count()).isZero();
    }

    @Test
    void nothing_shown_is_precise_and_finds_nothing() {
        assertThat(ThresholdCurve.of(List.of())).isEmpty();
        ThresholdCurve.Point optional = new ThresholdCurve.Point(0.5, 0, 0, 3, 0);
        assertThat(optional.precision()).isEqualTo(1);
        assertThat(optional.recall(4)).isZero();
        assertThat(optional.shown()).isEqualTo(3);
    }

    private static JudgedAlert alert(double score, Verdict verdict) {
        Boolean listed = verdict == Verdict.OPTIONAL ? null : verdict == Verdict.RIGHT;
        return new JudgedAlert(Alerts.scored("a", "E1", score, "R1"), verdict, List.of(), listed);
    }

    @Provide
    Arbitrary<List<JudgedAlert>> alerts() {
        // Few distinct scores and passages, so that ties and double finds are common.
        Arbitrary<Double> scores = Arbitraries.integers().between(0, 20).map(i -> i / 20.0);
        Arbitrary<List<RequiredPassage>> passages =
                Arbitraries.integers()
                        .between(0, 6)
                        .map(i -> new RequiredPassage("E" + i, "R" + i))
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3);
        return Combinators.combine(scores, Arbitraries.of(Verdict.class), passages)
                .as(
                        (score, verdict, found) ->
                                new JudgedAlert(
                                        Alerts.scored("a", "E1", score, "R1"),
                                        verdict,
                                        verdict == Verdict.RIGHT ? found : List.of(),
                                        verdict == Verdict.OPTIONAL
                                                ? null
                                                : verdict == Verdict.RIGHT))
                .list()
                .ofMaxSize(30);
    }
}
