package io.atalaya.bench.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine of the measurements. */
public record Machine(
        String processor, int cores, long heapLimitBytes, String java, String system) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** The current machine. */
    public static Machine here() {
        return new Machine(
                name(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    /** For a table's first line. */
    public String inWords() {
        return "%s, %d cores, %s, %s".formatted(processor, cores, java, system);
    }

    private static String name() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
