package io.atalaya.simulator.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recordings of cities that an external script generates, for example with a traffic simulator. */
public final class GeneratedCities {
    private final Path generator;
    private final Path directory;

    /**
     * @param generator a Python script with the options {@code --seed} and {@code --out}
     * @param directory directory of the cities
     */
    public GeneratedCities(Path generator, Path directory) {
        this.generator = generator;
        this.directory = directory;
    }

    /** The city of a seed, generated if it is missing. */
    public Path city(long seed) throws IOException, InterruptedException {
        Path city = directory.resolve("city-" + seed);
        if (!Files.exists(city)) {
            Path making = directory.resolve("making-" + seed);
            Path log = directory.resolve("generator-" + seed + ".log");
            Process process =
                    new ProcessBuilder(
                                    "/usr/bin/python3",
                                    generator.toString(),
                                    "--seed",
                                    String.valueOf(seed),
                                    "--out",
                                    making.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            int exit;
            try {
                exit = process.waitFor();
            } finally {
                // Still runs only if this thread was interrupted, because another city failed.
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
            if (exit != 0) {
                throw new IOException(generator + ": exit code " + exit + ", see " + log);
            }
            Files.move(making, city);
        }
        return city;
    }
}
