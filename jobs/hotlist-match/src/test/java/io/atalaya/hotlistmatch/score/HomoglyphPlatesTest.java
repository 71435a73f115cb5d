package io.atalaya.hotlistmatch.score;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HomoglyphPlatesTest {
    private final HomoglyphPlates lettering = new HomoglyphPlates();

    /** A Mexican plate ends in a digit or a letter, and O, I and Q are not issued. */
    @ParameterizedTest
    @CsvSource({
        // listed, read: the other plate of the same canonical form is the likelier one
        "NEH5190, NEH519D, true",
        "NEH5190, NEH51_D, true",
        "NEH519D, NEH5190, true",
        "NEH519D, NEH519O, true",
        "NEH5190, NEH5190, false",
        "NEH5190, NEH519O, false",
        "NEH519D, NEH519D, false",
        // There is no other plate of this form.
        "NEH1234, NEHI234, false",
        "DEH1234, 0EH1234, false",
        "D60DBR, D6ODBR, false",
        // The listed text is not an issuable plate, so the intended plate is unknown.
        "NEH519O, NEH519D, false",
    })
    void oneOfTwoMexicanPlatesIsTheLikelier(String listed, String read, boolean other) {
        double twins = lettering.twins(PlateSyntax.MEXICO, read.replace("_", ""), listed);
        assertThat(twins > 1).as("twins %s", twins).isEqualTo(other);
    }

    @Test
    void nothingIsKnownWhereTheSyntaxOrTheListDoesNotSay() {
        assertThat(lettering.twins(PlateSyntax.BRAZIL, "OAB1234", "DAB1234")).isZero();
        assertThat(lettering.twins(PlateSyntax.UNKNOWN, "NEH519D", "NEH5190")).isZero();
        assertThat(lettering.twins(PlateSyntax.MEXICO, "NEH519D", null)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "NEH5190, NEH519D, true",
        "NEH5190, NEH519O, false",
        "NEH-51-90, neh5190, false",
        "NEH1234, NEHI234, false",
    })
    void twoPlatesAreTwoOnlyIfBothCanBeIssued(String one, String other, boolean two) {
        assertThat(HomoglyphPlates.isAmbiguous(one, other)).isEqualTo(two);
    }
}
