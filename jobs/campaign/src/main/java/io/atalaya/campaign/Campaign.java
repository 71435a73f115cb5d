package io.atalaya.campaign;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Runs worlds one after the other, and keeps one recording per fault. */
final class Campaign {
    private static final int WORLDS_A_LINE = 20;
    private static final int WORLDS_A_TABLE = 200;

    /** CPU seconds; a typical world takes a few. */
    private static final long SLOW_WORLD = 30;

    private final Path out;
    private final Duration shrink;
    private final Consumer<String> log;
    private final Figures figures = new Figures();
    private final Map<String, Integer> found = new LinkedHashMap<>();
    private final long started = System.nanoTime();
    private long lastFinding = started;
    private int worlds;
    private int sinceFinding;

    /**
     * @param out directory for findings
     * @param shrink time limit for shrinking a finding
     */
    Campaign(Path out, Duration shrink, Consumer<String> log) {
        this.out = out;
        this.shrink = shrink;
        this.log = log;
    }

    /** Runs the world of a seed; shrinks and writes each new finding. */
    void run(long seed, World world) throws IOException {
        long before = cpuSeconds();
        WorldRun.Result result = WorldRun.run(world, figures);
        long took = cpuSeconds() - before;
        if (took > SLOW_WORLD) {
            log.accept("seed " + seed + " (" + world.name() + ") took " + took + " s of a core");
        }
        worlds++;
        sinceFinding++;
        for (Finding finding : newFindings(result).values()) {
            sinceFinding = 0;
            lastFinding = System.nanoTime();
            if (found.merge(finding.signature(), 1, Integer::sum) == 1) {
                report(seed, world.with(result.fed()), finding);
            }
        }
        if (worlds % WORLDS_A_LINE == 0) {
            log.accept(summary());
        }
        if (worlds % WORLDS_A_TABLE == 0) {
            log.accept(figures.occurrences().toString());
        }
    }

    /** Runs a recording and reports its findings. */
    void run(World world) {
        WorldRun.Result result = WorldRun.run(world, figures);
        for (Finding finding : newFindings(result).values()) {
            found.merge(finding.signature(), 1, Integer::sum);
            log.accept(finding.signature() + "\n    " + finding.detail());
            if (finding.kind() == Finding.Kind.EXCEPTION) {
                figures.thrown().printStackTrace();
            }
        }
    }

    /** The first finding of each signature. */
    private static Map<String, Finding> newFindings(WorldRun.Result result) {
        Map<String, Finding> newFindings = new LinkedHashMap<>();
        for (Finding finding : result.findings()) {
            newFindings.putIfAbsent(finding.signature(), finding);
        }
        return newFindings;
    }

    private void report(long seed, World world, Finding finding) throws IOException {
        log.accept("seed " + seed + " (" + world.name() + "): " + finding.signature());
        log.accept("    " + finding.detail().lines().findFirst().orElse(""));
        if (finding.kind() == Finding.Kind.EXCEPTION) {
            StringWriter stack = new StringWriter();
            figures.thrown().printStackTrace(new PrintWriter(stack));
            log.accept(stack.toString());
        }
        World smallest =
                Shrinker.shrink(world, finding.key(), each -> shows(each, finding), shrink);
        Path directory = out.resolve("seed-" + seed + "-" + found.size());
        FoundRecording.write(smallest, finding, directory);
        log.accept("    " + smallest.records().size() + " records show it: " + directory);
    }

    private static boolean shows(World world, Finding finding) {
        return WorldRun.run(world, new Figures()).findings().stream()
                .anyMatch(each -> each.signature().equals(finding.signature()));
    }

    Figures figures() {
        return figures;
    }

    boolean hasFindings() {
        return !found.isEmpty();
    }

    private static long cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000_000;
    }

    private static long secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000_000_000;
    }

    /** Summary of the work and the findings, in one paragraph. */
    String summary() {
        StringBuilder text =
                new StringBuilder()
                        .append(figures)
                        .append(" in ")
                        .append(secondsSince(started))
                        .append(" s (")
                        .append(cpuSeconds())
                        .append(" s of a core, ")
                        .append(
                                Math.round(
                                        3_600 * figures.cameraHours() / Math.max(1, cpuSeconds())))
                        .append(" camera-hours an hour of it); ")
                        .append(found.size())
                        .append(" findings, none in the last ")
                        .append(sinceFinding)
                        .append(" worlds and ")
                        .append(secondsSince(lastFinding))
                        .append(" s; largest keys, bytes: ")
                        .append(figures.largest());
        found.forEach(
                (signature, count) ->
                        text.append("\n  ").append(count).append(" worlds: ").append(signature));
        return text.toString();
    }
}
