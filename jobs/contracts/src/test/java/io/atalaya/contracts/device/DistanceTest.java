package io.atalaya.contracts.device;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DistanceTest {
    @Test
    void tolucaToEcatepec() {
        assertThat(Distance.km(19.2826, -99.6557, 19.6018, -99.0507)).isCloseTo(72.7, within(0.5));
    }

    @Property
    void theCheapBoundIsNeverLess(
            @ForAll @DoubleRange(min = -89, max = 89) double latitude1,
            @ForAll @DoubleRange(min = -180, max = 180) double longitude1,
            @ForAll @DoubleRange(min = -89, max = 89) double latitude2,
            @ForAll @DoubleRange(min = -180, max = 180) double longitude2) {
        assertThat(Distance.upperBoundKm(latitude1, longitude1, latitude2, longitude2))
                .isGreaterThanOrEqualTo(
                        Distance.km(latitude1, longitude1, latitude2, longitude2) - 1e-6);
    }

    @Property
    void withinAStateItIsNear(
            @ForAll @DoubleRange(min = 18.5, max = 20.5) double latitude1,
            @ForAll @DoubleRange(min = -100.5, max = -98.5) double longitude1,
            @ForAll @DoubleRange(min = 18.5, max = 20.5) double latitude2,
            @ForAll @DoubleRange(min = -100.5, max = -98.5) double longitude2) {
        double km = Distance.km(latitude1, longitude1, latitude2, longitude2);
        assertThat(Distance.upperBoundKm(latitude1, longitude1, latitude2, longitude2))
                .isLessThanOrEqualTo(km * 1.03 + 1e-6);
    }

    @Property
    void theFastDistanceIsTheSameToAMillimetre(
            @ForAll @DoubleRange(min = -89, max = 89) double latitude,
            @ForAll @DoubleRange(min = -180, max = 180) double longitude,
            @ForAll @DoubleRange(min = -0.05, max = 0.05) double north,
            @ForAll @DoubleRange(min = -0.1, max = 0.1) double east) {
        assertThat(Distance.kmNearby(latitude, longitude, latitude + north, longitude + east))
                .isCloseTo(
                        Distance.km(latitude, longitude, latitude + north, longitude + east),
                        within(1e-6));
    }
}
