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
 * @param startedAt for people: it moves when the clock is set
 * @param restarts number of restarts by the supervisor
 * @param start distinguishes the process from a later one with the same pid, whatever the clock
 */
record ProcessMark(String name, long pid, Instant startedAt, int restarts, String start) {
    private static final String SUFFIX = ".pid";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Of field 22, the start in ticks since the boot, behind the name in brackets. */
    private static final int START_TICKS = 22 - 3;

    static ProcessMark of(String name, ProcessHandle process, int restarts) {
        return new ProcessMark(name, process.pid(), startedAt(process), restarts, startOf(process));
    }

    void write(ClusterDirectory directory) {
        Path file = directory.pids().resolve(name + SUFFIX);
        try {
            // Written atomically, so that a concurrent reader never gets half a file.
            Path next =
                    Files.writeString(
                            directory.pids().resolve(name + ".next"),
                            "%d %d %d %s\n"
                                    .formatted(pid, startedAt.toEpochMilli(), restarts, start));
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
                .filter(process -> startOf(process).equals(start));
    }

    private static ProcessMark read(String name, Path file) throws IOException {
        String[] parts = Files.readString(file).strip().split(" ");
        try {
            return new ProcessMark(
                    name,
                    Long.parseLong(parts[0]),
                    Instant.ofEpochMilli(Long.parseLong(parts[1])),
                    Integer.parseInt(parts[2]),
                    parts[3]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new ClusterException(
                    file + ": expected a process, its start and its restarts; delete the file", e);
        }
    }

    private static Instant startedAt(ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return Instant.ofEpochMilli(start.toEpochMilli());
    }

    /** By the kernel's own count; by the clock where there is none to read. */
    private static String startOf(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[START_TICKS] + "@" + Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return String.valueOf(startedAt(process).toEpochMilli());
        }
    }
}
