package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.StoredModel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** A directory of valid and broken versions, made from the project's own. */
public final class ModelDirectory {
    private static final Path OWN = Path.of("../../models");

    private final Path directory;

    ModelDirectory(Path directory) {
        this.directory = directory;
    }

    /** Creates a directory with a valid version, and returns its path. */
    public static String of(Path directory, String model, String version) {
        new ModelDirectory(directory).copy(model, version);
        return directory.toString();
    }

    /** Adds the first version under another name. */
    ModelDirectory copy(String model, String version) {
        return put(model, version, weights -> weights, manifest -> manifest);
    }

    /**
     * Adds a changed copy of the first version.
     *
     * @param manifest changed after its version and checksum are set
     */
    ModelDirectory put(
            String model,
            String version,
            UnaryOperator<byte[]> weights,
            UnaryOperator<String> manifest) {
        try {
            Path from = OWN.resolve(model).resolve("1");
            Path to = Files.createDirectories(directory.resolve(model).resolve(version));
            byte[] changed = weights.apply(Files.readAllBytes(from.resolve("model.onnx")));
            String text =
                    Files.readString(from.resolve(StoredModel.MANIFEST))
                            .replace("\"version\": \"1\"", "\"version\": \"" + version + "\"")
                            .replaceAll(
                                    "\"sha256\": \"[0-9a-f]+\"",
                                    "\"sha256\": \"" + digest(changed) + "\"");
            Files.write(to.resolve("model.onnx"), changed);
            Files.writeString(to.resolve(StoredModel.MANIFEST), manifest.apply(text));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
