package io.atalaya.inference;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.fuzzing.FuzzTarget;
import io.atalaya.fuzzing.FuzzTest;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Fuzz tests of manifests, which come with a model from outside. */
class ModelManifestFuzzTest extends FuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public List<FuzzTarget<?>> targets() {
        return List.of(
                new FuzzTarget<>(
                        "model-manifest",
                        ModelManifest.CODEC::read,
                        InvalidRecordException.class,
                        manifest ->
                                assertThat(
                                                ModelManifest.CODEC.read(
                                                        ModelManifest.CODEC.write(manifest)))
                                        .isEqualTo(manifest),
                        ModelManifestFuzzTest::own));
    }

    private static List<byte[]> own() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../../models"))) {
            List<byte[]> manifests = new ArrayList<>();
            for (Path file : files.filter(f -> f.endsWith(StoredModel.MANIFEST)).toList()) {
                manifests.add(Files.readAllBytes(file));
            }
            return manifests;
        }
    }
}
