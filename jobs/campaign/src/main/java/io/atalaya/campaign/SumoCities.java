package io.atalaya.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Cities of a road traffic simulator, by a generator that is no part of this project. */
final class SumoCities {
    /** Making one takes a while: so many seeds of worlds share a city. */
    private static final int WORLDS = 20;

    /** The generator starts each city a day after the one before: some years of them. */
    private static final int CITIES = 2_000;

    private final Path generator;
    private final Path directory;

    /**
     * @param generator a Python script that takes {@code --seed} and {@code --out}
     * @param directory where the cities go
     */
    SumoCities(Path generator, Path directory) {
        this.generator = generator;
        this.directory = directory;
    }

    long seed(long worldSeed) {
        return worldSeed / WORLDS % CITIES + 1;
    }

    /** The city of a world, made if it is not there. */
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
