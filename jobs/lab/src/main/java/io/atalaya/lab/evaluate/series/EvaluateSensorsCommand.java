package io.atalaya.lab.evaluate.series;

import io.atalaya.simulator.series.LabelledSeries;
import io.atalaya.simulator.series.SeriesGenerator;
import io.atalaya.simulator.series.SeriesKind;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * {@code scripts/evaluate sensors}: writes simulated series with their windows, for training and
 * scoring.
 */
@Command(
        name = "sensors",
        sortOptions = false,
        description = {
            "Writes series like those of sensors in a city, with seasons, faults, gaps"
                    + " and known anomalies, as input of scripts/evaluate series:"
                    + " OUT/<kind>/<name>.csv and OUT/windows.json. The same arguments give the"
                    + " same bytes.",
            "",
            "--features also writes OUT/features.f32 for scripts/train scene-activity:"
                    + " rows of 32-bit little-endian numbers with the number of the series, the"
                    + " row, the number of the window or 0, the weight, and the inputs of the"
                    + " network."
        },
        exitCodeList = {"0:written", "1:OUT cannot be written", "2:wrong arguments"})
public final class EvaluateSensorsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "OUT",
            description = "Directory for the files; it is created if missing.")
    private Path out;

    @Option(
            names = "--each",
            defaultValue = "5",
            paramLabel = "N",
            description = "Series of each kind, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int each;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Seed of the first series of each kind; the next ones count up"
                            + " (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--features", description = "Also write the features of the rows.")
    private boolean features;

    @Override
    public Integer call() {
        if (each < 1 || each > 1000) {
            spec.commandLine().getErr().println("--each: got " + each + ", expected 1 to 1000");
            return 2;
        }
        int series = 0;
        long rows = 0;
        try (SimulatedSeriesFiles files = new SimulatedSeriesFiles(out, features)) {
            for (SeriesKind kind : SeriesKind.values()) {
                for (int i = 0; i < each; i++) {
                    LabelledSeries made = SeriesGenerator.generate(kind, seed + i);
                    files.add(kind.name().toLowerCase(Locale.ROOT), made);
                    series++;
                    rows += made.size();
                }
            }
            files.writeWindows();
        } catch (IOException e) {
            spec.commandLine().getErr().println("--out: " + out + ": cannot be written: " + e);
            return 1;
        }
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "%,d series, %,d rows written to %s%n", series, rows, out);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
