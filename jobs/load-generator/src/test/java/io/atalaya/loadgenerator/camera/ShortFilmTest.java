package io.atalaya.loadgenerator.camera;

import io.atalaya.alert.AlertType;
import io.atalaya.loadgenerator.City;
import io.atalaya.loadgenerator.CityOptions;
import io.atalaya.loadgenerator.SampleCity;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A film of one minute, as the shortest demo has it, shows what it has. */
class ShortFilmTest {
    /** Seven in the morning, there. */
    private static final long SEVEN = 1_772_542_800_000L;

    private static final long MINUTE = 60_000;

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 0", "1, 20", "2, 20", "3, 20"})
    void whatStopsStandsLongEnoughToBeToldOfByDayAndByNight(long seed, int hoursLater) {
        long start = SEVEN + hoursLater * 60 * MINUTE;
        City city =
                SampleCity.generate(
                        CityOptions.defaults(seed, start)
                                .withMinutes(1)
                                .withReadsPerSecond(1)
                                .withHotlistSize(20)
                                .withCameras(new CameraPlan(1, 3, 3, 1, 30)));
        city.forEachRemaining(record -> {});
        assertThat(city.truth().cameraAnomalies())
                .singleElement()
                .satisfies(
                        stopped -> {
                            assertThat(stopped.type())
                                    .isEqualTo(AlertType.STOPPED_VEHICLE.wireName());
                            assertThat(stopped.start())
                                    .isBetween(start - MINUTE / 2, start + MINUTE / 6);
                            assertThat(stopped.end()).isGreaterThan(start + MINUTE - 3_000);
                        });
    }
}
