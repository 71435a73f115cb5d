package io.atalaya.bench.comparison;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of a report. */
public final class Table {
    /** The first line of a quick run's output. */
    public static final String QUICK_WARNING =
            "--quick: shows that everything runs; its figures say nothing about speed or size";

    private static final double MIB = 1 << 20;
    private static final double PERCENT = 100;
    private static final double MIN_THREADS_SHARE = 0.02;

    private final StringBuilder text = new StringBuilder();
    private final boolean quick;

    /**
     * @param quick whether the figures say nothing, which the first line then says
     */
    public Table(boolean quick) {
        this.quick = quick;
        if (quick) {
            line(QUICK_WARNING);
        }
    }

    /**
     * Whether differences of figures, and what is extrapolated from them, are left out: in a quick
     * run they are noise.
     */
    public boolean isQuick() {
        return quick;
    }

    public void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** The first lines of a benchmark of a job. */
    public void machine(Machine machine, int parallelism, long seed) {
        line("%s", machine.inWords());
        line(
                "heap at most %,.0f MiB, broker and jobs in one process, parallelism %d, seed %d",
                machine.heapLimitBytes() / MIB, parallelism, seed);
    }

    /**
     * The head of the lines of {@link #contender}.
     *
     * @param unit what is counted, in the singular
     */
    public void throughputHead(String unit) {
        line(
                "THROUGHPUT, %ss a second: median (least … most) of the laps; CPU: µs a %s, whole process, and how much of it is Java's compiler",
                unit, unit);
    }

    /**
     * @param letter refers to the contender in ratios
     */
    public void contender(String letter, Comparison comparison, String name) {
        contender(comparison, name, letter + ' ' + name);
    }

    /** A contender that ratios name. */
    public void contender(Comparison comparison, String name) {
        contender(comparison, name, name);
    }

    private void contender(Comparison comparison, String name, String label) {
        Spread speed = comparison.speed(name);
        line(
                "  %-28s %,9.0f (%,9.0f … %,9.0f) of %d   CPU %5.1f, compiler %2.0f %%",
                label,
                speed.median(),
                speed.min(),
                speed.max(),
                speed.count(),
                comparison.cpu(name).median(),
                PERCENT * comparison.compiler(name).median());
    }

    /**
     * @param cpuMicros by group of threads; what is too little to matter is printed in one
     */
    public void threads(Map<String, Double> cpuMicros) {
        double limit =
                cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum()
                        * MIN_THREADS_SHARE;
        String groups =
                cpuMicros.entrySet().stream()
                        .filter(group -> group.getValue() >= limit)
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .map(
                                group ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s %.1f",
                                                group.getKey(),
                                                group.getValue()))
                        .collect(Collectors.joining(", "));
        double others =
                cpuMicros.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .filter(micros -> micros < limit)
                        .sum();
        if (!groups.isEmpty()) {
            line("  CPU by threads: %s, others %.1f", groups, others);
        }
    }

    /** The heads of the columns of {@link #delays}. */
    public void delayHeads() {
        line(
                "  %-44s %8s %8s %8s %8s %8s %8s",
                "", "count", "missing", "p50", "p99", "p99.9", "max");
    }

    public void delays(String name, Delays delays) {
        line(
                "  %-44s %8d %8d %8.1f %8.1f %8.1f %8.1f",
                name,
                delays.count(),
                delays.missing(),
                delays.p50(),
                delays.p99(),
                delays.p999(),
                delays.max());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
