package io.atalaya.simulator.camera;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

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
    void longEpisodesStartEarlyEnoughToBeAlerted(long seed, int hoursLater) {
        long start = SEVEN + hoursLater * 60 * MINUTE;
        City city =
                SampleCity.generate(
                        CityOptions.defaults(seed, start)
                                .withMinutes(1)
                                .withReadsPerSecond(1)
                                .withHotlistSize(20)
                                .withCameras(new CameraPlan(3, 3, 3, 1, 30)));
        city.forEachRemaining(record -> {});
        assertThat(city.truth().cameraEpisodes())
                .extracting(CameraEpisode::type)
                .containsExactlyInAnyOrder(
                        AlertType.STOPPED_VEHICLE.wireName(),
                        AlertType.WRONG_WAY.wireName(),
                        AlertType.CROWD.wireName());
        assertThat(city.truth().cameraEpisodes())
                .filteredOn(each -> !each.type().equals(AlertType.WRONG_WAY.wireName()))
                .allSatisfy(
                        each -> {
                            assertThat(each.start())
                                    .isBetween(start - MINUTE / 2, start + MINUTE / 6);
                            assertThat(each.end()).isGreaterThan(start + MINUTE - 3_000);
                        });
        assertThat(city.truth().cameraEpisodes())
                .filteredOn(each -> each.type().equals(AlertType.CROWD.wireName()))
                .allSatisfy(each -> assertThat(each.start()).isLessThan(start + 3_000));
    }
}
