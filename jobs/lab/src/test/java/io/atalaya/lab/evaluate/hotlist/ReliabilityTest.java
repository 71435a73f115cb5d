package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.hotlist.HotlistEvaluator.EvaluatedAlert;
import io.atalaya.lab.evaluate.score.Verdict;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ReliabilityTest {

    @Property(tries = 300)
    void calibrationErrorIsTheWeightedGapOfTheBins(@ForAll("alerts") List<EvaluatedAlert> alerts) {
        double floor = 0.25;
        Reliability reliability = Reliability.of(alerts, floor);
        double gaps = 0;
        int all = 0;
        for (int bin = 0; bin < 10; bin++) {
            double sum = 0;
            int n = 0;
            int listed = 0;
            for (EvaluatedAlert alert : alerts) {
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
    void calibratedScoreHasNoCalibrationError() {
        List<EvaluatedAlert> alerts =
                List.of(
                        alert(0.75, Verdict.RIGHT),
                        alert(0.75, Verdict.RIGHT),
                        alert(0.75, Verdict.FALSE),
                        alert(0.75, Verdict.RIGHT),
                        alert(0.9, Verdict.EXCUSED));
        assertThat(Reliability.of(alerts, 0).calibrationError()).isCloseTo(0, within(1e-12));
        assertThat(Reliability.of(alerts, 0).bins()).hasSize(1);
        assertThat(Reliability.of(alerts, 0.8).count()).isZero();
    }

    private static EvaluatedAlert alert(double score, Verdict verdict) {
        Boolean listed = verdict == Verdict.EXCUSED ? null : verdict == Verdict.RIGHT;
        return new EvaluatedAlert(Alerts.scored("a", "E1", score, "R1"), verdict, Set.of(), listed);
    }

    @Provide
    Arbitrary<List<EvaluatedAlert>> alerts() {
        Arbitrary<Double> scores = Arbitraries.integers().between(0, 20).map(i -> i / 20.0);
        return Combinators.combine(scores, Arbitraries.of(Verdict.class))
                .as(ReliabilityTest::alert)
                .list()
                .ofMaxSize(30);
    }
}
