package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.Vehicle;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttributeTest {
    @Test
    void wordsOfEitherLanguageMeanTheSame() {
        assertThat(Attribute.COLOR.isSame("WHITE", "blanco")).isTrue();
        assertThat(Attribute.MAKE.isSame("VW", "Volkswagen")).isTrue();
        assertThat(Attribute.COLOR.isSame("WHITE", "NEGRO")).isFalse();
    }

    @Test
    void onlyWhatACameraIsSureOfCounts() {
        assertThat(Attribute.isRecognised(null)).isFalse();
        assertThat(Attribute.isRecognised(vehicle("WHITE", 0.49))).isFalse();
        assertThat(Attribute.isRecognised(vehicle("WHITE", 0.5))).isTrue();
        assertThat(Attribute.isRecognised(vehicle("WHITE", null))).isTrue();
    }

    @Test
    void aBlankValueIsNone() {
        assertThat(Attribute.COLOR.of(vehicle(" ", null))).isNull();
        assertThat(Attribute.COLOR.of(vehicle("WHITE", null))).isEqualTo("WHITE");
        assertThat(Attribute.TYPE.of(vehicle("WHITE", null))).isNull();
    }

    private static Vehicle vehicle(String color, Double confidence) {
        return new Vehicle(null, null, color, null, confidence);
    }
}
