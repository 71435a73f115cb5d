package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.Vehicle;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttributeTest {
    @Test
    void wordsOfEitherLanguageMeanTheSame() {
        assertThat(Attribute.COLOR.same("WHITE", "blanco")).isTrue();
        assertThat(Attribute.MAKE.same("VW", "Volkswagen")).isTrue();
        assertThat(Attribute.COLOR.same("WHITE", "NEGRO")).isFalse();
    }

    @Test
    void onlyWhatACameraIsSureOfCounts() {
        assertThat(Attribute.areRecognised(null)).isFalse();
        assertThat(Attribute.areRecognised(vehicle("WHITE", 0.49))).isFalse();
        assertThat(Attribute.areRecognised(vehicle("WHITE", 0.5))).isTrue();
        assertThat(Attribute.areRecognised(vehicle("WHITE", null))).isTrue();
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
