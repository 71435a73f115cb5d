package io.atalaya.inference;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Sha256;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A stored model, {@code models/<name>/<version>/}: its manifest and the weights that it describes.
 * Inconsistent models are rejected here, before they are served.
 *
 * @param weights some ten megabytes, treated as immutable
 */
public record StoredModel(ModelManifest manifest, byte[] weights) {
    /** The name of the manifest file. */
    public static final String MANIFEST = "manifest.json";

    /** A larger file is a mistake, not a model for this engine. */
    private static final int MAX_BYTES = 512 * 1024 * 1024;

    /**
     * Cache of models on the class path, which does not change, because a check takes tenths of a
     * second.
     */
    private static final Map<String, SoftReference<StoredModel>> ON_CLASS_PATH =
            new ConcurrentHashMap<>();

    @FunctionalInterface
    private interface Source {
        byte[] read(String name, int maxBytes) throws IOException;
    }

    /**
     * The model in a directory.
     *
     * @throws InvalidModelException if a file is missing, or the weights are not those of the
     *     manifest
     */
    public static StoredModel in(Path directory) {
        return read(
                directory.toString(),
                (name, maxBytes) -> {
                    try (InputStream in = Files.newInputStream(directory.resolve(name))) {
                        return in.readNBytes(maxBytes + 1);
                    }
                });
    }

    /** A model that is on the class path under {@code models/<name>/<version>/}. */
    public static synchronized StoredModel onClassPath(String name, String version) {
        String directory = "/models/" + name + "/" + version;
        SoftReference<StoredModel> known = ON_CLASS_PATH.get(directory);
        StoredModel model = known == null ? null : known.get();
        if (model == null) {
            model = readOnClassPath(directory);
            ON_CLASS_PATH.put(directory, new SoftReference<>(model));
        }
        return model;
    }

    private static StoredModel readOnClassPath(String directory) {
        return read(
                "class path:" + directory,
                (file, maxBytes) -> {
                    try (InputStream in =
                            StoredModel.class.getResourceAsStream(directory + "/" + file)) {
                        if (in == null) {
                            throw new IOException("it is not on the class path");
                        }
                        return in.readNBytes(maxBytes + 1);
                    }
                });
    }

    private static StoredModel read(String where, Source files) {
        byte[] json = bytes(where, MANIFEST, ModelManifest.MAX_BYTES, files);
        ModelManifest manifest;
        try {
            manifest = ModelManifest.CODEC.read(json);
        } catch (InvalidRecordException e) {
            throw new InvalidModelException(where + "/" + MANIFEST + ": " + e.getMessage(), e);
        }
        byte[] weights = bytes(where, manifest.file(), MAX_BYTES, files);
        String actual = Sha256.hex(weights);
        if (!actual.equals(manifest.sha256())) {
            throw new InvalidModelException(
                    "%s/%s: its sha256 is %s, expected %s as its manifest says: it is another model"
                            .formatted(where, manifest.file(), actual, manifest.sha256()));
        }
        return new StoredModel(manifest, weights);
    }

    private static byte[] bytes(String where, String file, int maxBytes, Source files) {
        byte[] bytes;
        try {
            bytes = files.read(file, maxBytes);
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(
                    where + "/" + file + ": it cannot be read: no such file", e);
        } catch (IOException e) {
            throw new InvalidModelException(
                    where + "/" + file + ": it cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length > maxBytes) {
            throw new InvalidModelException(
                    where + "/" + file + ": it is larger than " + maxBytes + " bytes");
        }
        return bytes;
    }
}
