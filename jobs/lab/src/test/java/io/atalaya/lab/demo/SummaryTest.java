package io.atalaya.lab.demo;

import io.atalaya.lab.evaluate.score.GroundTruthScorer;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTest {

    @Test
    void printsInputSpeedAndResults() {
        String text = summary(200_000).text(Language.EN);
        assertThat(text)
                .contains(
                        "Sent in 60 s: plate-reads 3000",
                        "Rejected by the job (dead-letter): 2",
                        "7  hotlist-match ALERT NEW",
                        "p99 12 ms",
                        "load of 200,000",
                        "read exactly, before the entry",
                        "1 / 2  (50 %)",
                        "false alerts: 0",
                        "missed: ")
                .contains("retrospective*       no samples");
        assertThat(summary(0).text(Language.EN)).doesNotContain("load of");
        assertThat(summary(0).text(Language.ES)).contains("Resumen", "leídos exactamente");
    }

    private static Summary summary(int bulk) {
        DelayHistogram some = new DelayHistogram();
        some.add(12);
        return new Summary(
                60,
                Map.of("plate-reads", 3000L),
                2,
                Map.of("hotlist-match ALERT NEW", 7),
                some.percentiles(),
                some.percentiles(),
                new DelayHistogram().percentiles(),
                some.percentiles(),
                some.percentiles(),
                0,
                bulk,
                GroundTruthScorer.score(
                        truth(), List.of(ScoredAlert.of(Alerts.alert("a").build()))));
    }

    private static GroundTruth truth() {
        return new GroundTruth(
                1,
                0,
                1,
                List.of(),
                List.of(passage("R1", true), passage("R2", false)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
    }

    private static WantedPassage passage(String readId, boolean retrospective) {
        return new WantedPassage(
                "E1", readId, Alerts.TIME, "ARCO-044", "exact", null, retrospective, true);
    }
}
