package io.atalaya.ops.model;

import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.StoredModel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The versions of a model in a directory. */
final class StoredVersions {
    /** Sorts version 10 after 9. */
    private static final Comparator<String> NUMBERS_FIRST =
            Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder());

    private final Path directory;

    /**
     * @param directory contains {@code <model>/<version>/manifest.json}
     */
    StoredVersions(Path directory) {
        this.directory = directory;
    }

    /** The measured quality from each version's manifest, or its fault. */
    Map<String, String> of(String model) {
        Map<String, String> versions = new TreeMap<>(NUMBERS_FIRST);
        Path directories = directory.resolve(model);
        if (!Files.isDirectory(directories)) {
            return versions;
        }
        try (Stream<Path> each = Files.list(directories)) {
            each.filter(version -> Files.exists(version.resolve(StoredModel.MANIFEST)))
                    .forEach(
                            version ->
                                    versions.put(version.getFileName().toString(), words(version)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }

    private static String words(Path version) {
        try {
            return StoredModel.in(version).manifest().measured();
        } catch (InvalidModelException e) {
            return "CANNOT BE SERVED: " + e.getMessage();
        }
    }
}
