package io.atalaya.bench.state;

import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Measures the memory and state of a running job. */
public final class Holdings {
    private static final int COLLECTIONS = 3;

    private final EmbeddedFlink flink;

    public Holdings(EmbeddedFlink flink) {
        this.flink = flink;
    }

    /** The current memory and state. */
    public Holding of(JobClient job) {
        Checkpoints checkpoints = Checkpoints.of(flink, job);
        return new Holding(
                heap(),
                sizeOf(flink.triggerSavepoint(job)),
                checkpoints == null ? 0 : (long) checkpoints.full().max());
    }

    /** Heap in use in the whole process after a collection, bytes. */
    public static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long sizeOf(String savepoint) {
        try (Stream<Path> files = Files.walk(Path.of(URI.create(savepoint)))) {
            return files.filter(Files::isRegularFile).mapToLong(Holdings::size).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("weighing " + savepoint, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("weighing " + file, e);
        }
    }
}
