package io.atalaya.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A directory under {@code java.io.tmpdir} that close deletes with its content. Its name contains
 * the pid, so that a directory left by a killed process can be distinguished from one in use.
 */
public record TemporaryDirectory(Path path) implements AutoCloseable {

    /** Creates it where {@code java.io.tmpdir} is; the name also holds the process. */
    public static TemporaryDirectory create(String prefix) {
        try {
            return new TemporaryDirectory(
                    Files.createTempDirectory(prefix + ProcessHandle.current().pid() + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "creating a directory in java.io.tmpdir="
                            + System.getProperty("java.io.tmpdir"),
                    e);
        }
    }

    /** A directory inside this one, created if it is missing. */
    Path child(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("creating " + path.resolve(name), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new DeleteAll());
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + path, e);
        }
    }

    /**
     * Ignores missing files, because background threads of broker and cluster may delete their own
     * during the walk.
     */
    private static final class DeleteAll extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException e)
                throws IOException {
            if (e != null && !(e instanceof NoSuchFileException)) {
                throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
