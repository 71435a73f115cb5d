package io.atalaya.bench.comparison;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time of each thread of this process up to now, native ones included, as Linux counts
 * it; empty on other systems.
 */
final class ThreadTimes {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final double NANOS = 1e9;

    /** The start of a thread's name, and its group. */
    private static final Map<String, String> GROUPS = groups();

    private record Time(String group, long nanos) {}

    private final Map<String, Time> times;

    private ThreadTimes(Map<String, Time> times) {
        this.times = times;
    }

    static ThreadTimes now() {
        Map<String, Time> times = new HashMap<>();
        if (Files.isDirectory(TASKS)) {
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
                for (Path task : tasks) {
                    add(task, times);
                }
            } catch (IOException e) {
                // Without /proc there are no times by thread; the whole process is measured
                // elsewhere.
            }
        }
        return new ThreadTimes(times);
    }

    private static void add(Path task, Map<String, Time> times) {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            String onProcessor = Files.readString(task.resolve("schedstat")).split(" ", 2)[0];
            times.put(
                    task.getFileName().toString(),
                    new Time(group(name), Long.parseLong(onProcessor)));
        } catch (IOException e) {
            // It has ended meanwhile.
        }
    }

    /** Seconds since then by group of threads; what ended or began in between counts since then. */
    Map<String, Double> secondsSince(ThreadTimes then) {
        Map<String, Double> seconds = new TreeMap<>();
        times.forEach(
                (task, time) -> {
                    Time before = then.times.get(task);
                    long nanos = time.nanos - (before == null ? 0 : before.nanos);
                    if (nanos > 0) {
                        seconds.merge(time.group, nanos / NANOS, Double::sum);
                    }
                });
        return seconds;
    }

    /**
     * What a thread belongs to: a task is a group of its own.
     *
     * @param name as Linux keeps it, cut off after 15 characters
     */
    static String group(String name) {
        return GROUPS.entrySet().stream()
                .filter(each -> name.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> name.replaceFirst(" *(\\(.*|[ #0-9-]+)$", ""));
    }

    private static Map<String, String> groups() {
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("rocksdb", "RocksDB");
        groups.put("C1 Comp", "Java's compiler");
        groups.put("C2 Comp", "Java's compiler");
        groups.put("GC Thread", "collector");
        groups.put("G1 ", "collector");
        groups.put("OutputFlusher", "flushing of edges");
        groups.put("Source Data Fet", "Kafka");
        groups.put("kafka-", "Kafka");
        groups.put("data-plane-", "Kafka");
        groups.put("streams-", "Kafka Streams");
        groups.put("java", "the benchmark itself");
        return groups;
    }
}
