package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.json.InvalidRecordException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EpisodeAlertComposerTest {
    private static final long TIME = 1_772_542_800_000L;
    private static final Device CAMERA =
            new Device(
                    "CAM-1",
                    Device.Kind.CAMERA,
                    "TOLUCA",
                    "Toluca",
                    19.29,
                    -99.54,
                    90.0,
                    6,
                    2.0,
                    "America/Mexico_City");

    private final EpisodeAlertComposer composer = new EpisodeAlertComposer(AlertPolicy.DEFAULT);

    private static EpisodeUpdate update(AlertType type, Alert.Status status, double value) {
        return update(type, status, value, 0);
    }

    private static EpisodeUpdate update(
            AlertType type, Alert.Status status, double value, double more) {
        boolean ended = status == Alert.Status.ENDED;
        return new EpisodeUpdate(
                type,
                "130@" + TIME,
                ended ? 2 : 1,
                status,
                TIME,
                TIME + 62_000,
                ended,
                List.of("130", "144"),
                1,
                null,
                new CameraEvidence.Region(0.5, 0.27, 0.03, 0.02),
                List.of(),
                value,
                40,
                more,
                TIME + 62_100,
                null);
    }

    /** Without the types of the models, because these have their own composer. */
    private static Stream<AlertType> cameraTypes() {
        return Arrays.stream(AlertType.values())
                .filter(AlertType::isCamera)
                .filter(type -> type != AlertType.UNUSUAL_TRAJECTORY)
                .filter(type -> type != AlertType.UNUSUAL_ACTIVITY);
    }

    @ParameterizedTest
    @EnumSource
    void everyAlertIsWholeOnTheWire(Alert.Status status) {
        assertThat(cameraTypes())
                .isNotEmpty()
                .allSatisfy(
                        type -> {
                            Alert alert =
                                    composer.compose(
                                            update(type, status, 62),
                                            "CAM-1",
                                            CAMERA,
                                            TIME + 70_000);
                            assertThat(AlertCodec.write(read(alert)))
                                    .isEqualTo(AlertCodec.write(alert));
                            assertThat(alert.assessment().headline().es())
                                    .isNotBlank()
                                    .doesNotContain("%s");
                            assertThat(alert.assessment().headline().en())
                                    .isNotBlank()
                                    .doesNotContain("%s");
                            assertThat(alert.disclosure().isCovert()).isFalse();
                        });
    }

    private static Alert read(Alert alert) throws InvalidRecordException {
        return AlertCodec.read(AlertCodec.write(alert), alert.causedAt());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsNoMeasureOfAnIncident(double value) {
        Episode episode = new Episode(AlertType.CRAWLING, "1@1", 1);
        assertThatThrownBy(() -> episode.measure(value, 1, 1))
                .hasMessage("value: got " + value + ", expected a finite number");
        assertThatThrownBy(() -> episode.measure(1, value, 1)).hasMessageStartingWith("limit: got");
        assertThatThrownBy(() -> episode.measure(1, 1, value)).hasMessageStartingWith("more: got");
    }

    /** Any measured value, at any distance from its limit. */
    @ParameterizedTest
    @ValueSource(doubles = {-1e15, -40, -1, 0, 1e-300, 40, 1e15})
    void theScoreOfAnyMeasureIsAProbability(double value) {
        assertThat(cameraTypes())
                .allSatisfy(
                        type ->
                                assertThat(
                                                composer.compose(
                                                                update(
                                                                        type,
                                                                        Alert.Status.NEW,
                                                                        value),
                                                                "CAM-1",
                                                                CAMERA,
                                                                TIME)
                                                        .assessment()
                                                        .score())
                                        .isBetween(0.0, 1.0));
    }

    @Test
    void aStoppedVehicleIsEmittedWithItsNumbers() {
        Alert alert =
                composer.compose(
                        update(AlertType.STOPPED_VEHICLE, Alert.Status.NEW, 62),
                        "CAM-1",
                        CAMERA,
                        0);
        assertThat(alert.assessment().headline().es())
                .isEqualTo("Vehículo detenido desde hace 62 s donde nadie se detiene tanto");
        assertThat(alert.assessment().headline().en())
                .isEqualTo("Vehicle stopped for 62 s where none stops for that long");
        assertThat(alert.assessment().action()).isEqualTo(Alert.Action.ALERT);
        assertThat(alert.place().site()).isEqualTo("TOLUCA");
        assertThat(alert.subject().trackIds()).containsExactly("130", "144");
        assertThat(alert.lifecycle().startedAt()).isEqualTo(TIME);
        assertThat(alert.lifecycle().endedAt()).isNull();
        assertThat(alert.assessment().score()).isBetween(0.5, 0.7);
        assertThat(((CameraEvidence) alert.evidence()).measures())
                .containsExactly(new CameraEvidence.Measure("standing", 62, 40.0, "s"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NEW | 57 | Object left behind for 62 s, no person with it",
                "UPDATED | 0 | Object left behind for 62 s, a person with it now",
                "ENDED | 0 | Object left behind for 62 s",
                "ENDED | 57 | Object left behind for 62 s, no person with it",
            })
    void aBagIsAloneOnlyWithoutAPersonBesideIt(
            Alert.Status status, double unattended, String english) {
        EpisodeUpdate update = update(AlertType.ABANDONED_OBJECT, status, 62, unattended);
        assertThat(composer.compose(update, "CAM-1", CAMERA, 0).assessment().headline().en())
                .isEqualTo(english);
    }

    @Test
    void revisionsOfOneIncidentShareTheirIdAndOthersDoNot() {
        Alert first =
                composer.compose(
                        update(AlertType.STOPPED_VEHICLE, Alert.Status.NEW, 62), "CAM-1", null, 0);
        Alert last =
                composer.compose(
                        update(AlertType.STOPPED_VEHICLE, Alert.Status.ENDED, 90),
                        "CAM-1",
                        null,
                        0);
        assertThat(last.alertId()).isEqualTo(first.alertId());
        assertThat(last.lifecycle().endedAt()).isEqualTo(TIME + 62_000);
        assertThat(first.place().site()).isNull();
        assertThat(
                        composer.compose(
                                        update(AlertType.CRAWLING, Alert.Status.NEW, 62),
                                        "CAM-1",
                                        null,
                                        0)
                                .alertId())
                .isNotEqualTo(first.alertId());
        assertThat(
                        composer.compose(
                                        update(AlertType.STOPPED_VEHICLE, Alert.Status.NEW, 62),
                                        "CAM-2",
                                        null,
                                        0)
                                .alertId())
                .isNotEqualTo(first.alertId());
    }
}
