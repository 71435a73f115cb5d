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
 * The savepoint with which a job's restores are tested, and the state formats it contains, one per
 * line. Until the first release it is rewritten when a format changes.
 */
public final class GoldenSavepoint {
    private static final Path DIRECTORY = Path.of("src/test/resources/savepoints/baseline");
    private static final Path FORMATS = DIRECTORY.resolve("formats.txt");
    private static final Path SAVEPOINT = DIRECTORY.resolve("savepoint.zip");

    private GoldenSavepoint() {}

    /** The formats it contains, as given by {@link GoldenSerializers#lines}. */
    public static List<String> formats() throws IOException {
        return Files.exists(FORMATS) ? Files.readAllLines(FORMATS) : List.of();
    }

    /** Replaces the stored savepoint. */
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

    /** Unpacks the savepoint and returns the path from which a job can start. */
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
