package io.atalaya.testutils;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import static java.util.stream.Collectors.toList;

/**
 * The savepoint that a job's restores are tested with, and the state formats that it holds, one a
 * line. It is written again when a format changes, until the first release.
 */
public final class GoldenSavepoint {
    private static final Path DIRECTORY = Path.of("src/test/resources/savepoints/baseline");
    private static final Path FORMATS = DIRECTORY.resolve("formats.txt");
    private static final Path SAVEPOINT = DIRECTORY.resolve("savepoint.zip");

    private GoldenSavepoint() {}

    /** The formats that it holds, as {@link GoldenSerializers#lines} gives them. */
    public static List<String> formats() throws IOException {
        return Files.exists(FORMATS) ? Files.readAllLines(FORMATS) : List.of();
    }

    /** Keeps a savepoint in the place of the last one. */
    public static void write(String savepoint, List<String> formats) throws IOException {
        Files.createDirectories(DIRECTORY);
        Files.write(FORMATS, formats);
        try (OutputStream file = Files.newOutputStream(SAVEPOINT);
                ZipOutputStream zip = new ZipOutputStream(file);
                var parts = Files.list(Path.of(URI.create(savepoint)))) {
            for (Path part : parts.sorted().collect(toList())) {
                zip.putNextEntry(new ZipEntry(part.getFileName().toString()));
                Files.copy(part, zip);
                zip.closeEntry();
            }
        }
    }

    /** Unpacks it and returns the path to start a job from. */
    public static String unpackInto(Path target) throws IOException {
        try (InputStream file = Files.newInputStream(SAVEPOINT);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                Files.copy(zip, target.resolve(Path.of(part.getName()).getFileName()));
            }
        }
        return target.toUri().toString();
    }
}
