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
            "Writes series as sensors of a city give them, with seasons, faults, gaps and known"
                    + " anomalies: OUT/<kind>/<name>.csv and OUT/windows.json, as scripts/evaluate"
                    + " series takes them. The same arguments give the same bytes.",
            "",
            "With --features also OUT/features.f32, which scripts/train scene-activity learns from:"
                    + " rows of 32-bit little-endian numbers; number of the series, row, number of"
                    + " the window or 0, weight, then what the network is asked with."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "1:OUT cannot be written", "2:wrong arguments"})
public final class EvaluateSensorsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "OUT",
            description = "Where the files go; made if it is missing.")
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
                    "Of the first series of each kind; the next ones count on (default:"
                            + " ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--features", description = "Write the features of their rows, too.")
    private boolean features;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

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
