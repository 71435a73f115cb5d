package io.atalaya.bench.comparison;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Common options of the benchmarks, as a picocli mixin. */
public final class BenchOptions {
    /** Parallelism of the jobs, and threads of the alternatives. */
    private static final int PARALLELISM = 2;

    private static final int QUICK_SECONDS = 5;
    private static final int SECONDS = 60;
    private static final int LAP_SECONDS = 30;
    private static final Long QUICK_CHECKPOINTS_MS = 1_000L;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Measured laps of each contender, 1 to 99 (default: 5).")
    private Integer runs;

    @Option(
            names = "--rate",
            split = ",",
            paramLabel = "N",
            description =
                    "Plate reads, or frames, a second of the steady feed; tags come on top (default:"
                            + " 5000); or events of dispatch (default: 50). hotlist takes several,"
                            + " and ends with the first that the job cannot follow.")
    private List<Double> rates;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the steady feed is measured, 1 to 3,600 (default: 60).")
    private Integer seconds;

    @Option(
            names = "--lap-seconds",
            paramLabel = "N",
            description =
                    "Minimum duration of a measured lap, 0 to 600 (default: 30); faster contenders"
                            + " read the recording several times.")
    private Integer lapSeconds;

    @Option(
            names = "--seed",
            defaultValue = "4",
            paramLabel = "N",
            description = "Of the recording (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--quick",
            description =
                    "Small sizes and one lap: whether it runs, not how fast. Other options still"
                            + " count.")
    private boolean quick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where all figures, every lap among them, go as JSON.")
    private Path json;

    public long seed() {
        return seed;
    }

    /** Measured laps of each contender. */
    public int runs() {
        return given(runs, 1, 5);
    }

    /** Uncounted laps before them. */
    public int warmups() {
        return quick ? 0 : 1;
    }

    /** The maximum number of warm-up laps where the required number is measured. */
    public int maxWarmups() {
        return quick ? 0 : 12;
    }

    /** The minimum duration of a measured lap. */
    public int lapSeconds() {
        return given(lapSeconds, 0, LAP_SECONDS);
    }

    /** Rate of the steady feed, records per second. */
    public double rate() {
        return rate(500, 5_000);
    }

    /** Rate of the steady feed where the default is another. */
    public double rate(double ifQuick, double ifFull) {
        return rates != null ? rates.get(0) : quick ? ifQuick : ifFull;
    }

    /** Rates of the steady feed, rising. */
    public List<Double> rates() {
        return rates != null ? rates.stream().sorted().distinct().toList() : List.of(rate());
    }

    /** Measured duration of the steady feed. */
    public int seconds() {
        return given(seconds, QUICK_SECONDS, SECONDS);
    }

    /** The jobs' parallelism: each subtask is a large part of a short lap. */
    public int parallelism() {
        return quick ? 1 : PARALLELISM;
    }

    /** The checkpoint interval; null for that of production. */
    public Long checkpointIntervalMs() {
        return quick ? QUICK_CHECKPOINTS_MS : null;
    }

    /** The given value, or the default of a quick or a full run. */
    public int given(Integer value, int ifQuick, int ifFull) {
        return value != null ? value : quick ? ifQuick : ifFull;
    }

    /** The given sizes, or the default of a quick or a full run. */
    public List<Integer> given(List<Integer> values, List<Integer> ifQuick, List<Integer> ifFull) {
        return values != null ? List.copyOf(values) : quick ? ifQuick : ifFull;
    }

    /**
     * The faults of these options where the steady feed has one rate; a benchmark adds its own.
     *
     * @param maxRate maximum rate of the steady feed
     */
    public List<String> faults(int maxRate) {
        List<String> faults = faultsOfRates(maxRate);
        if (rates != null && rates.size() > 1) {
            faults.add("--rate: got " + rates + ", expected one number");
        }
        return faults;
    }

    /** The same where it may have several. */
    public List<String> faultsOfRates(int maxRate) {
        List<String> faults = new ArrayList<>();
        check(faults, "--runs", runs(), 1, 99);
        if (rates != null) {
            rates.forEach(rate -> check(faults, "--rate", rate, 10, maxRate));
        }
        check(faults, "--seconds", seconds(), 1, 3_600);
        check(faults, "--lap-seconds", lapSeconds(), 0, 600);
        if (json != null && Files.isDirectory(json)) {
            faults.add("--json: got " + json + ", expected a file, not a directory");
        }
        return faults;
    }

    /** Adds a fault if a value is out of range. */
    public static void check(
            List<String> faults, String option, Number value, double min, double max) {
        if (!(value.doubleValue() >= min && value.doubleValue() <= max)) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "%s: got %s, expected %,.0f to %,.0f",
                            option,
                            value,
                            min,
                            max));
        }
    }

    /** Adds a fault if sizes do not rise, or one is out of range. */
    public static void checkRising(
            List<String> faults, String option, List<Integer> sizes, int min, int max) {
        int before = min - 1;
        for (int size : sizes) {
            if (size <= before || size > max) {
                faults.add(
                        String.format(
                                Locale.ROOT,
                                "%s: got %s, expected rising numbers of %,d to %,d",
                                option,
                                sizes,
                                min,
                                max));
                return;
            }
            before = size;
        }
    }

    /**
     * Rejects the options if there are faults.
     *
     * @throws ParameterException naming every fault
     */
    public void requireNone(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new ParameterException(command.commandLine(), String.join("\n", faults));
        }
    }

    /** Prints a progress line. */
    public void log(String line) {
        command.commandLine().getErr().println(line);
    }

    /** Prints the table, and writes the JSON if requested. */
    public void write(Report report) throws IOException {
        Table table = new Table(quick);
        report.print(table);
        command.commandLine().getOut().println(table);
        command.commandLine().getOut().flush();
        if (json != null) {
            Files.write(json, Report.json(report));
        }
    }
}
