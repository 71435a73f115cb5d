package io.atalaya.bench.comparison;

import io.atalaya.commandline.Chart;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The option of the benchmarks that draw plots, as a picocli mixin. */
public final class PlotOptions {
    @Option(
            names = "--plots",
            paramLabel = "DIR",
            description = "Where plots of the figures go as SVG.")
    private Path directory;

    /** Adds a fault if the option is not a directory. */
    public void addFaults(List<String> faults) {
        if (directory != null && Files.exists(directory) && !Files.isDirectory(directory)) {
            faults.add("--plots: got " + directory + ", expected a directory, not a file");
        }
    }

    /**
     * Writes plots if requested.
     *
     * @param plots by name of the file, without its ending
     */
    public void write(Map<String, Chart> plots) throws IOException {
        if (directory == null) {
            return;
        }
        Files.createDirectories(directory);
        for (Map.Entry<String, Chart> plot : plots.entrySet()) {
            Files.writeString(
                    directory.resolve(plot.getKey() + ".svg"), plot.getValue().svg(plot.getKey()));
        }
    }
}
