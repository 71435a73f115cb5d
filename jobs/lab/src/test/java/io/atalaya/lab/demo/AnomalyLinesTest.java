package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.MeasureKind;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AnomalyLinesTest {
    @Test
    void measuresOfCamerasAreInWords() {
        CameraEvidence evidence =
                new CameraEvidence(
                        null,
                        null,
                        1,
                        List.of(
                                MeasureKind.AGAINST_TRAFFIC.of(1.5, 1.4),
                                MeasureKind.CHANCE.of(0)));

        assertThat(new AnomalyLines(Language.ES, (time, device) -> "").of(evidence))
                .containsExactly(
                        new AnomalyLines.Line(
                                "visto", "tiempo en sentido contrario 1.50 s   límite 1.40 s"),
                        new AnomalyLines.Line("", "probabilidad de que sea típico 0.00"));
    }
}
