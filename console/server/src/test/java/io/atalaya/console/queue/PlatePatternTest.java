package io.atalaya.console.queue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

@Tag("attack")
class PlatePatternTest {
    @ParameterizedTest
    @CsvSource({
        "NKR4816, NKR4816, true",
        "nkr-48 16, NKR4816, true",
        "NKR4816, nkr-4816, true",
        "NKR481, NKR4816, false",
        "NKR48161, NKR4816, false",
        "NKR?816, NKR4816, true",
        "NKR?4816, NKR4816, false",
        "NKR*, NKR4816, true",
        "*16, NKR4816, true",
        "*48*, NKR4816, true",
        "*4*1*, NKR4816, true",
        "*1*4*, NKR4816, false",
        "*?*, NKR4816, true",
        "*, NKR4816, true",
        "N*R*6, NKR4816, true",
        "N.R4816, NKR4816, false"
    })
    void fitsAsItsSignsSay(String pattern, String plate, boolean fits) {
        assertThat(new PlatePattern(pattern).fits(plate)).isEqualTo(fits);
    }

    @Test
    void takesNoLongerForManyAsterisks() {
        PlatePattern hostile = new PlatePattern("*".repeat(31) + "§");

        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        assertThat(hostile.fits("ABCDEFGHJKLMNPRSTUVWXYZ123456789")).isFalse();
                    }
                });
    }
}
