package io.atalaya.jobtests;

import org.junit.jupiter.params.provider.Arguments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import static java.util.stream.Collectors.toList;

/**
 * A savepoint that an earlier version of the job made, and the versions of the formats that it is
 * made of: a format and its version a line. Once released it is never written anew.
 */
public record GoldenSavepoint(Path directory) {
    private static final Path ALL = Path.of("src/test/resources/savepoints");

    /** Every one there is, oldest first. */
    public static List<GoldenSavepoint> all() throws IOException {
        if (!Files.exists(ALL)) {
            return List.of();
        }
        try (var directories = Files.list(ALL)) {
            return directories.sorted().map(GoldenSavepoint::new).collect(toList());
        }
    }

    /** Whether the newest is made of these formats and no others. */
    public static boolean newestIsOf(List<String> formats) throws IOException {
        List<GoldenSavepoint> all = all();
        return !all.isEmpty() && all.get(all.size() - 1).isOf(formats);
    }

    /**
     * Each with a parallelism to go on at: the newest at either, those before it by turns, for each
     * takes its time.
     */
    public static Stream<Arguments> atParallelisms(int one, int other) throws IOException {
        List<GoldenSavepoint> all = all();
        List<Arguments> cases = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean newest = i == all.size() - 1;
            if (newest || i % 2 == 0) {
                cases.add(Arguments.of(all.get(i), one));
            }
            if (newest || i % 2 == 1) {
                cases.add(Arguments.of(all.get(i), other));
            }
        }
        return cases.stream();
    }

    /** Keeps a savepoint of now as the newest one, numbered in three digits. */
    public static void add(String savepoint, List<String> formats) throws IOException {
        Path directory = ALL.resolve("state-%03d".formatted(all().size() + 1));
        Files.createDirectories(directory);
        Files.write(directory.resolve("formats.txt"), formats);
        try (OutputStream file = Files.newOutputStream(directory.resolve("savepoint.zip"));
                ZipOutputStream zip = new ZipOutputStream(file);
                var parts = Files.list(Path.of(URI.create(savepoint)))) {
            for (Path part : parts.sorted().collect(toList())) {
                zip.putNextEntry(new ZipEntry(part.getFileName().toString()));
                Files.copy(part, zip);
                zip.closeEntry();
            }
        }
    }

    /** Whether it is of the youngest version. */
    public boolean isNewest() throws IOException {
        List<GoldenSavepoint> all = all();
        return equals(all.get(all.size() - 1));
    }

    /** Whether it is made of these and no others. */
    public boolean isOf(List<String> formats) throws IOException {
        return Files.readAllLines(directory.resolve("formats.txt")).equals(formats);
    }

    /** Unpacks it and returns the path to start a job from. */
    public String unpackInto(Path target) throws IOException {
        try (InputStream file = Files.newInputStream(directory.resolve("savepoint.zip"));
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                Files.copy(zip, target.resolve(Path.of(part.getName()).getFileName()));
            }
        }
        return target.toUri().toString();
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
