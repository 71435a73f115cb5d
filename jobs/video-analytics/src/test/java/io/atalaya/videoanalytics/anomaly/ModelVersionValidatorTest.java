package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Which versions are accepted; the test of the model check covers faults of the networks. */
class ModelVersionValidatorTest {
    private static final Map<ModelKind, String> STARTED =
            Map.of(ModelKind.TRAJECTORY, "1", ModelKind.SCENE_ACTIVITY, "1");

    @TempDir private Path directory;

    private ModelVersionValidator gate;

    @BeforeEach
    void makeVersions() {
        ModelDirectory models = new ModelDirectory(directory);
        models.copy("trajectory", "2");
        models.put(
                "trajectory", "cut", weights -> Arrays.copyOf(weights, 999), manifest -> manifest);
        models.put(
                "trajectory",
                "another",
                weights -> weights,
                manifest -> manifest.replaceAll("\"sha256\": \"....", "\"sha256\": \"0000"));
        models.put(
                "trajectory",
                "renamed",
                weights -> weights,
                manifest -> manifest.replace("renamed", "2"));
        models.put(
                "trajectory",
                "wide",
                weights -> weights,
                manifest -> manifest.replaceFirst(" 64\n", " 65\n"));
        models.put(
                "trajectory",
                "narrow",
                weights -> weights,
                manifest -> manifest.replaceFirst(" 24\n", " 23\n"));
        models.put("trajectory", "silent", weights -> weights, manifest -> "{}");
        gate = gate(Duration.ofSeconds(1));
    }

    private ModelVersionValidator gate(Duration slowest) {
        return new ModelVersionValidator(STARTED, directory.toString(), slowest);
    }

    @Test
    void acceptsVersionsThatWork() {
        RawRecord record = ModelSamples.record("trajectory", "2", "1");
        assertThat(gate.validate(record))
                .isEqualTo(
                        new ModelRequestResult.Accepted(
                                new ModelRequestResult.Versions(ModelKind.TRAJECTORY, "2", "1"),
                                record,
                                "trajectory is served by 2, with 1 in shadow"));
        assertThat(accepted(ModelSamples.record("trajectory", null, "2")))
                .isEqualTo(new ModelRequestResult.Versions(ModelKind.TRAJECTORY, null, "2"));
        assertThat(accepted(ModelSamples.record("scene-activity", "1", null)))
                .as("one that comes with the job")
                .isEqualTo(new ModelRequestResult.Versions(ModelKind.SCENE_ACTIVITY, "1", null));
        assertThat(accepted(ModelSamples.record("scene-activity", null)))
                .as("a removal")
                .isEqualTo(new ModelRequestResult.Versions(ModelKind.SCENE_ACTIVITY, null, null));
    }

    private ModelRequestResult.Versions accepted(RawRecord record) {
        return ((ModelRequestResult.Accepted) gate.validate(record)).versions();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9|/trajectory/9; class path:/models/trajectory/9/manifest.json: it cannot be read",
                "cut|it cannot be loaded",
                "another|it is another model",
                "renamed|version: got \"2\" in the manifest, expected \"renamed\"",
                "wide|inputs: got ",
                "narrow|outputs: the model has [place FLOAT[-1, 24]], the manifest says ",
                "silent|manifest.json: name",
            })
    void rejectsAVersionThatCannotBeServed(String version, String reason) {
        for (RawRecord record :
                new RawRecord[] {
                    ModelSamples.record("trajectory", version, "1"),
                    ModelSamples.record("trajectory", null, version)
                }) {
            DeadLetter letter = rejection(gate, record);
            assertThat(letter.reason())
                    .startsWith(letter.field() + ": got \"" + version + "\", expected a version of")
                    .contains(reason);
            assertThat(letter)
                    .isEqualTo(DeadLetter.invalid(record, letter.field(), letter.reason()));
        }
    }

    @Test
    void rejectsOtherWeightsUnderTheNameOfAVersionInService() {
        RawRecord record = ModelSamples.record("trajectory", "2", null);
        ModelLocation location = new ModelLocation(ModelKind.TRAJECTORY, "2", directory.toString());
        ModelSwitcher.Factory.Lease lease = ModelSwitcher.Factory.lease(location);
        try {
            assertThat(accepted(record).active()).as("the same weights").isEqualTo("2");
            new ModelDirectory(directory)
                    .put(
                            "trajectory",
                            "2",
                            weights -> Arrays.copyOf(weights, weights.length + 2),
                            manifest -> manifest);

            assertThat(rejection(gate, record).reason())
                    .contains("version 2 is in service with other weights, of sha256 ");
        } finally {
            lease.release();
        }
    }

    @Test
    void rejectsAVersionThatIsTooSlow() {
        assertThat(
                        rejection(
                                        gate(Duration.ofNanos(100)),
                                        ModelSamples.record("trajectory", "2", null))
                                .reason())
                .contains("it is too slow: got ");
    }

    @Test
    void rejectsARequestThatIsNotValidatedInTime() {
        RawRecord record = ModelSamples.record("trajectory", "2", null);
        DeadLetter letter =
                ((ModelRequestResult.Rejected)
                                ModelVersionValidator.late(record, Duration.ofSeconds(60)))
                        .letter();
        assertThat(letter).isEqualTo(DeadLetter.invalid(record, letter.field(), letter.reason()));
        assertThat(letter.reason()).contains("has not finished its trial within 60 s");
    }

    @Test
    void rejectsARequestThatSaysNothing() {
        assertThat(rejection(gate, ModelSamples.record("plate-ocr", "4", null)).reason())
                .isEqualTo(
                        "model: got \"plate-ocr\", expected one of [trajectory, scene-activity]");
        assertThat(rejection(gate, ModelSamples.record("trajectory", null, "1")).field())
                .as("a shadow of what is active")
                .isEqualTo("shadow");
        RawRecord right = ModelSamples.record("trajectory", "2", null);
        assertThat(rejection(gate, ModelSamples.record("scene-activity", right.value())).field())
                .isEqualTo("key");
        assertThat(rejection(gate, ModelSamples.record("trajectory", new byte[] {1})).field())
                .isEqualTo("value");
    }

    private static DeadLetter rejection(ModelVersionValidator gate, RawRecord record) {
        ModelRequestResult result = gate.validate(record);
        assertThat(result).isInstanceOf(ModelRequestResult.Rejected.class);
        return ((ModelRequestResult.Rejected) result).letter();
    }
}
