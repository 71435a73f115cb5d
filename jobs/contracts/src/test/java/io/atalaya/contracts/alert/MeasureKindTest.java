package io.atalaya.contracts.alert;

import io.atalaya.contracts.alert.CameraEvidence.Measure;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeasureKindTest {
    @Test
    void measuresHaveTheirUnitAndAName() {
        Measure measure = MeasureKind.AGAINST_TRAFFIC.of(1.5, 1.4);

        assertThat(measure).isEqualTo(new Measure("againstTraffic", 1.5, 1.4, "s"));
        assertThat(MeasureKind.label(measure).es()).isEqualTo("tiempo en sentido contrario");
        assertThat(MeasureKind.label(measure).en()).isEqualTo("time against traffic");
    }

    @Test
    void unknownMeasuresKeepTheirName() {
        assertThat(MeasureKind.label(new Measure("later", 1, null, null)).es()).isEqualTo("later");
    }
}
