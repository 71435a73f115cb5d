package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlateSyntaxTest {
    @ParameterizedTest
    @CsvSource({
        // The letters D, O, Q and I are digits in canonical form.
        "MX, LXF0019, true",
        "MX, LXF001A, true",
        "MX, 5XF0019, false",
        ", 5XF0019, false",
        "mx, LXF00198, false",
        "BR, ABC1234, true",
        "BR, ABC1D23, true",
        "BR, DIQ1234, true",
        "BR, A8C1234, false",
        "BR, ABC12D4, true",
        "BR, ABC12E4, false",
        "BR, ABC123, false",
        "US, ABC1234, true",
        "US, 0, true",
        "FR, AB123CDE, true",
    })
    void whichTextsCanBePlates(String country, String text, boolean can) {
        assertThat(occupancy(country, text) > 0).isEqualTo(can);
    }

    @Test
    void eightCharactersAreHardlyAPlateInTheUnitedStates() {
        assertThat(occupancy("US", "ABC12345")).isLessThan(occupancy("US", "ABC1234") / 50);
        assertThat(occupancy("FR", "ABC12345")).isEqualTo(occupancy("FR", "ABC1234"));
    }

    @Test
    void whatIsNoPlateIsAMisreadOfThePlatesAroundIt() {
        Population population = new Population();
        long noPlate = CanonicalPlate.pack("A8C1234");
        assertThat(population.bearing(noPlate, PlateSyntax.BRAZIL)).isZero();
        assertThat(population.misread(noPlate, PlateSyntax.BRAZIL)).isPositive();
        assertThat(population.bearing(noPlate, PlateSyntax.NORTH_AMERICA))
                .as("the same text read as another country's")
                .isPositive();
    }

    private static double occupancy(String country, String text) {
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(CanonicalPlate.pack(text), symbols);
        return PlateSyntax.of(country).occupancy(symbols, length);
    }
}
