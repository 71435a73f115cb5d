package io.atalaya.contracts.plate.adapter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlateOriginTest {
    @ParameterizedTest
    @CsvSource({
        "mx, MX-MEX, MX, MEX",
        "MEX, Jalisco, MX, JAL",
        "MX, Nuevo León, MX, NLE",
        "MX, Atlantis, MX, Atlantis",
        ", CDMX, , CMX",
        "DEU, Hannover, DE, Hannover",
        "us, US-MO, US, US-MO",
        "US, New Mexico, US,",
        "CA, CA-BC, CA,",
        "Unknown, Unknown, ,",
        "eu, , EU,",
    })
    void wordsOfVendorsBecomeCodes(
            String country, String state, String expectedCountry, String expectedState) {
        assertThat(PlateOrigin.of(country, state))
                .isEqualTo(new PlateOrigin(expectedCountry, expectedState));
    }
}
