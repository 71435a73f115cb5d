package io.atalaya.contracts.schema;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The makers' own samples, where available. */
public final class Payloads {
    private static final Path DIRECTORY = Path.of("../../../shared/data/payloads");
    private static final int MAX_BYTES = 32 * 1024;
    private static final int MAX_LINES = 10;

    private Payloads() {}

    /**
     * The small files of some directories, and the first lines of files with one message per line.
     */
    public static List<byte[]> in(String... directories) throws IOException {
        List<byte[]> payloads = new ArrayList<>();
        for (String name : directories) {
            Path directory = DIRECTORY.resolve(name);
            if (!Files.isDirectory(directory)) {
                System.out.println("no samples at " + directory.toAbsolutePath().normalize());
                continue;
            }
            try (Stream<Path> files = Files.list(directory).sorted()) {
                for (Path file : files.toList()) {
                    if (file.toString().endsWith(".jsonl")) {
                        try (Stream<String> lines = Files.lines(file)) {
                            lines.limit(MAX_LINES)
                                    .filter(line -> line.length() < MAX_BYTES)
                                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                                    .forEach(payloads::add);
                        }
                    } else if (Files.isRegularFile(file) && Files.size(file) < MAX_BYTES) {
                        payloads.add(Files.readAllBytes(file));
                    }
                }
            }
        }
        return payloads;
    }
}
