package io.atalaya.inference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The networks are made by {@code toys/make.py}. */
class ModelCheckTest {
    private static final ModelCheck CHECK = new ModelCheck(3, Duration.ofMillis(5));

    @TempDir private Path directory;

    @Test
    void letsASoundModelPass() throws Exception {
        assertThatCode(() -> CHECK.require(stored("sound"), "toy", "7")).doesNotThrowAnyException();
        for (String name : new String[] {"trajectory", "scene-activity"}) {
            StoredModel real = StoredModel.onClassPath(name, "1");
            int width = real.manifest().inputs().get(0).shape().get(1);
            assertThatCode(
                            () ->
                                    new ModelCheck(width, Duration.ofMillis(50))
                                            .require(real, name, "1"))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wide|outputs: got 6 numbers of 2 rows, expected 2 a row",
                "nan|expected finite numbers",
                "deaf|whatever the row, expected an answer that depends on it",
                "mixing|its rows are not independent",
                "throwing|it does not run on 64 rows: ",
                "slow|it is too slow: got ",
            })
    void refusesAModelThatDoesNotWork(String network, String reason) throws Exception {
        StoredModel bad = stored(network);
        assertThatThrownBy(() -> CHECK.require(bad, "toy", "7"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAModelThatIsAnother() throws Exception {
        StoredModel sound = stored("sound");
        assertThatThrownBy(() -> CHECK.require(sound, "toy", "8"))
                .hasMessage("version: got \"7\" in the manifest, expected \"8\" as its directory");
        assertThatThrownBy(() -> CHECK.require(sound, "doll", "7"))
                .hasMessage(
                        "name: got \"toy\" in the manifest, expected \"doll\" as its directory");
        assertThatThrownBy(
                        () -> new ModelCheck(4, Duration.ofSeconds(1)).require(sound, "toy", "7"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("inputs: got ");
    }

    @Test
    void refusesBytesThatAreNoModel() throws Exception {
        byte[] cut = bytes("sound");
        StoredModel broken = stored(Arrays.copyOf(cut, cut.length / 2));
        assertThatThrownBy(() -> CHECK.require(broken, "toy", "7"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("cannot be loaded");
    }

    private StoredModel stored(String network) throws IOException, NoSuchAlgorithmException {
        return stored(bytes(network));
    }

    /** As if somebody had put it there, with a manifest that fits the file. */
    private StoredModel stored(byte[] weights) throws IOException, NoSuchAlgorithmException {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));
        Files.write(directory.resolve("model.onnx"), weights);
        Files.writeString(
                directory.resolve("manifest.json"),
                """
                {"name": "toy", "version": "7", "description": "a toy", "source": "make.py", "licence": "Apache-2.0",
                 "file": "model.onnx", "sha256": "%s", "inputs": [{"name": "x", "shape": [-1, 3]}],
                 "outputs": [{"name": "y", "shape": [-1, 2]}], "measured": "not at all"}
                """
                        .formatted(digest));
        return StoredModel.in(directory);
    }

    private static byte[] bytes(String network) throws IOException {
        try (InputStream in =
                ModelCheckTest.class.getResourceAsStream("/toys/" + network + ".onnx")) {
            return in.readAllBytes();
        }
    }
}
