package io.atalaya.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Generates cities with a road traffic simulator, through an external generator. */
final class SumoCities {
    /** Number of consecutive seeds that share a city, because generating one takes long. */
    private static final int WORLDS = 20;

    /** Limit of cities, because the generator starts each a day after the previous one. */
    private static final int CITIES = 2_000;

    private final Path generator;
    private final Path directory;

    /**
     * @param generator a Python script with the options {@code --seed} and {@code --out}
     * @param directory directory of the cities
     */
    SumoCities(Path generator, Path directory) {
        this.generator = generator;
        this.directory = directory;
    }

    long seed(long worldSeed) {
        return worldSeed / WORLDS % CITIES + 1;
    }

    /** The city of a world, generated if it is missing. */
    Path city(long worldSeed) throws IOException, InterruptedException {
        Path city = directory.resolve("city-" + seed(worldSeed));
        if (!Files.exists(city)) {
            Path making = directory.resolve("making-" + seed(worldSeed));
            Process process =
                    new ProcessBuilder(
                                    "/usr/bin/python3",
                                    generator.toString(),
                                    "--seed",
                                    String.valueOf(seed(worldSeed)),
                                    "--out",
                                    making.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("generator.log").toFile())
                            .start();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(
                        generator
                                + ": exit code "
                                + exit
                                + ", see "
                                + directory.resolve("generator.log"));
            }
            Files.move(making, city);
        }
        return city;
    }
}
