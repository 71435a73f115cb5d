package io.atalaya.ops.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The process that has a role in the cluster, stored in a file.
 *
 * @param name of the role
 * @param startedAt start of the process; distinguishes it from a later process with the same pid
 * @param restarts number of restarts by the supervisor
 */
record ProcessMark(String name, long pid, Instant startedAt, int restarts) {
    private static final String SUFFIX = ".pid";

    static ProcessMark of(String name, ProcessHandle process, int restarts) {
        return new ProcessMark(name, process.pid(), startOf(process), restarts);
    }

    void write(ClusterDirectory directory) {
        Path file = directory.pids().resolve(name + SUFFIX);
        try {
            // Written atomically, so that a concurrent reader never gets half a file.
            Path next =
                    Files.writeString(
                            directory.pids().resolve(name + ".next"),
                            pid + " " + startedAt.toEpochMilli() + " " + restarts + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    static List<ProcessMark> in(ClusterDirectory directory) {
        List<ProcessMark> marks = new ArrayList<>();
        if (Files.isDirectory(directory.pids())) {
            try (Stream<Path> files = Files.list(directory.pids())) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(SUFFIX)) {
                        marks.add(read(name.substring(0, name.length() - SUFFIX.length()), file));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + directory.pids(), e);
            }
        }
        return marks;
    }

    static void deleteAll(ClusterDirectory directory) {
        for (ProcessMark mark : in(directory)) {
            try {
                Files.deleteIfExists(directory.pids().resolve(mark.name + SUFFIX));
            } catch (IOException e) {
                throw new UncheckedIOException("deleting the mark of " + mark.name, e);
            }
        }
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(startedAt));
    }

    private static ProcessMark read(String name, Path file) throws IOException {
        String[] parts = Files.readString(file).strip().split(" ");
        try {
            return new ProcessMark(
                    name,
                    Long.parseLong(parts[0]),
                    Instant.ofEpochMilli(Long.parseLong(parts[1])),
                    Integer.parseInt(parts[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new ClusterException(
                    file + ": expected a process, its start and its restarts; delete the file", e);
        }
    }

    private static Instant startOf(ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return Instant.ofEpochMilli(start.toEpochMilli());
    }
}
