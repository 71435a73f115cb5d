package io.atalaya.videoanalytics;

import io.atalaya.alert.AlertFormat;
import io.atalaya.device.DeviceHistoryFormat;
import io.atalaya.serde.BinaryFormat;
import io.atalaya.videoanalytics.camera.CameraWatch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import static java.util.stream.Collectors.toList;

/**
 * A savepoint that an earlier version of the job made of {@link RestoreScenario#BEFORE}, and the
 * versions of the formats that it is made of. Once released it is never written anew.
 */
record GoldenSavepoint(Path directory) {
    private static final Path ALL = Path.of("src/test/resources/savepoints");

    /** Every one there is, oldest first. */
    static List<GoldenSavepoint> all() throws IOException {
        if (!Files.exists(ALL)) {
            return List.of();
        }
        try (var directories = Files.list(ALL)) {
            return directories.sorted().map(GoldenSavepoint::new).collect(toList());
        }
    }

    /** What one made now would be made of: a format and its version a line. */
    static List<String> formatsOfToday() {
        Stream<BinaryFormat<?>> own =
                FormatsGoldenTest.ofState().stream().map(FormatSample::format);
        Stream<BinaryFormat<?>> shared =
                Stream.of(DeviceHistoryFormat.INSTANCE, AlertFormat.INSTANCE);
        Stream<String> formats =
                Stream.concat(own, shared)
                        .map(each -> each.getClass().getSimpleName() + " " + each.version());
        // What it holds is a format of its own.
        return Stream.concat(formats, Stream.of("CameraWatch " + CameraWatch.FORMAT))
                .sorted()
                .toList();
    }

    /** Keeps a savepoint of now as the newest one, numbered in three digits. */
    static void add(String savepoint) throws IOException {
        Path directory = ALL.resolve("state-%03d".formatted(all().size() + 1));
        Files.createDirectories(directory);
        Files.write(directory.resolve("formats.txt"), formatsOfToday());
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

    List<String> formats() throws IOException {
        return Files.readAllLines(directory.resolve("formats.txt"));
    }

    /** Unpacks it and returns the path to start a job from. */
    String unpackInto(Path target) throws IOException {
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
