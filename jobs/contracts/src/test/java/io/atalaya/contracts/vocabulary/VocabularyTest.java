package io.atalaya.contracts.vocabulary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class VocabularyTest {
    @ParameterizedTest
    @CsvSource({
        "COLORS, ROJO, red",
        "COLORS, Café, BROWN",
        "COLORS, gris, SILVER",
        "COLORS, gris, GREY",
        "COLORS, plata, GRAY",
        "COLORS, Azul marino, BLUE",
        "COLORS, BLANCO CON VERDE, GREEN",
        "MAKES, VW, Volkswagen",
        "MAKES, Mercedes Benz, MERCEDES-BENZ",
        "MAKES, mercedes, Mercedes-Benz",
        "MAKES, General Motors, CHEVROLET",
        "MAKES, DODGE RAM, ram",
        "TYPES, Sedán, SEDAN",
        "TYPES, camioneta, PICKUP",
        "TYPES, camioneta, SUV",
        "TYPES, pick-up, PICKUP",
        "TYPES, moto, MOTORCYCLE",
        "TYPES, Sedán 4 puertas, SEDAN",
        "STATES, México, MEX",
        "STATES, Edo. Méx., MX-MEX",
        "STATES, D.F., CDMX",
        "STATES, Ciudad de México, CMX",
        "STATES, Michoacán, MIC",
        "STATES, Q. Roo, Quintana Roo",
        "STATES, NL, Nuevo León",
        "COLORS, tornasol, TORNASOL",
    })
    void oneMeaning(Vocabulary vocabulary, String one, String other) {
        assertThat(vocabulary.isSame(one, other)).isTrue();
        assertThat(vocabulary.isSame(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "COLORS, ROJO, BLUE",
        "COLORS, SILVER, GRAY",
        "COLORS, tornasol, RED",
        "MAKES, VW, NISSAN",
        "TYPES, camioneta, SEDAN",
        "TYPES, moto, CAR",
        "STATES, Ciudad de México, MEX",
        "STATES, CHIS, CHIH",
        "STATES, Baja California, Baja California Sur",
        "COLORS, 車, 馬",
    })
    void differentMeanings(Vocabulary vocabulary, String one, String other) {
        assertThat(vocabulary.isSame(one, other)).isFalse();
        assertThat(vocabulary.isSame(other, one)).isFalse();
    }

    @Test
    void knowsOnlyWordsOfItsTable() {
        assertThat(Vocabulary.COLORS.isKnown("azul claro")).isTrue();
        assertThat(Vocabulary.COLORS.isKnown("tornasol")).isFalse();
        assertThat(Vocabulary.REASONS.isKnown("ROBADO")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ROBADO, STOLEN_VEHICLE",
        "Vehículo robado, STOLEN_VEHICLE",
        "secuestro, KIDNAPPING",
        "Alerta AMBER, MISSING_PERSON",
        "orden de aprehensión, WANTED_PERSON",
        "placa clonada, CLONED_PLATE",
        "STOLEN_VEHICLE, STOLEN_VEHICLE",
        "Adeudo de tenencia, Adeudo de tenencia",
        "orden de robado, orden de robado",
    })
    void aReasonHasItsCode(String text, String code) {
        assertThat(Vocabulary.REASONS.code(text)).isEqualTo(code);
    }

    @Test
    void aWordOfSeveralMeaningsHasNoCode() {
        assertThat(Vocabulary.TYPES.code("camioneta")).isEqualTo("camioneta");
    }

    @Test
    void everyCodeMeansItself() {
        assertThat(Vocabulary.STATES.code("mex")).isEqualTo("MEX");
        assertThat(Vocabulary.MAKES.code("Mercedes-Benz")).isEqualTo("MERCEDES-BENZ");
    }

    @ParameterizedTest
    @CsvSource({
        "COLORS, GRAY, gris, GRAY",
        "COLORS, brown, café, BROWN",
        "COLORS, Rojo, rojo, RED",
        "TYPES, SEDAN, sedán, SEDAN",
        "TYPES, motorcycle, motocicleta, MOTORCYCLE",
        // Gray or silver, pickup or SUV: an ambiguous word stays unchanged.
        "COLORS, gris, gris, gris",
        "TYPES, camioneta, camioneta, camioneta",
        "COLORS, tornasol, tornasol, tornasol",
    })
    void translatesToSpanishAndEnglish(
            Vocabulary vocabulary, String text, String spanish, String english) {
        assertThat(vocabulary.spanish(text)).isEqualTo(spanish);
        assertThat(vocabulary.code(text)).isEqualTo(english);
    }
}
