package io.atalaya.bench.cluster;

import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Memory and state of the job at one moment.
 *
 * @param heapBytes in use in the whole process after a collection, including the broker
 * @param savepointBytes canonical savepoint: every key and value
 * @param checkpointBytes full size of the last checkpoint: RocksDB's files
 */
public record MemoryUse(long heapBytes, long savepointBytes, long checkpointBytes) {
    private static final int MAX_COLLECTIONS = 3;

    /** A collection that frees a smaller share than 1 / n is the last one. */
    private static final int PARTS_FREED = 50;

    /** The current memory and state of a running job. */
    public static MemoryUse of(EmbeddedFlink flink, JobClient job) {
        Checkpoints checkpoints = Checkpoints.since(0, flink, job);
        return new MemoryUse(
                heap(),
                sizeOf(flink.triggerSavepoint(job)),
                checkpoints == null ? 0 : (long) checkpoints.fullBytes().max());
    }

    /** Heap in use in the whole process after a collection, bytes. */
    public static long heap() {
        long used = collected();
        for (int i = 1; i < MAX_COLLECTIONS; i++) {
            long before = used;
            used = collected();
            if (before - used < before / PARTS_FREED) {
                break;
            }
        }
        return used;
    }

    private static long collected() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long sizeOf(String savepoint) {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(Path.of(URI.create(savepoint)))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("size of " + savepoint, e);
        }
    }
}
