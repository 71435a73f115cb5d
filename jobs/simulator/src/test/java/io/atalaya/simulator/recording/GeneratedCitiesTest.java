package io.atalaya.simulator.recording;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GeneratedCitiesTest {
    @TempDir private Path directory;

    private GeneratedCities cities(String script) throws IOException {
        Path generator = directory.resolve("make.py");
        Files.writeString(generator, script);
        return new GeneratedCities(generator, directory);
    }

    @Test
    void generatesACityOnce() throws Exception {
        Path city =
                cities("import os, sys\nos.makedirs(sys.argv[4] + '/' + sys.argv[2])\n").city(7);
        assertThat(city.resolve("7")).isDirectory();
        assertThat(cities("raise SystemExit(1)").city(7)).isEqualTo(city);
    }

    @Test
    void aGeneratorThatFailsLeavesNoCity() throws Exception {
        GeneratedCities cities = cities("raise SystemExit('no sumo')");
        assertThatThrownBy(() -> cities.city(7))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 1, see")
                .hasMessageContaining("generator-7.log");
        assertThat(directory.resolve("city-7")).doesNotExist();
    }
}
