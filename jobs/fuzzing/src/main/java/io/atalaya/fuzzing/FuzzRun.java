package io.atalaya.fuzzing;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of Jazzer in its own process, because libFuzzer keeps its state in static variables. The
 * targets of a run share the process; it ends with the first finding.
 *
 * @param finding input that breaks a property, or null
 * @param broken target that the finding breaks, or null
 * @param report output of Jazzer
 */
record FuzzRun(List<String> targets, long seed, Path finding, String broken, String report) {
    private static final String REGEX_HOOKS =
            "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks";

    /** The readers' own code, and the parsers through which the input passes first. */
    private static final String INSTRUMENTED =
            String.join(
                    ":",
                    "io.atalaya.**",
                    "com.fasterxml.jackson.core.json.**",
                    "com.sun.imageio.plugins.**",
                    "com.sun.org.apache.xerces.internal.impl.**",
                    "org.apache.commons.csv.**");

    private static final int MAX_INPUT = 64 * 1024;

    /**
     * Limit per input, after which Jazzer ends a hanging reader. It is in wall-clock time, and the
     * first input loads and instruments classes, which takes minutes on a busy machine.
     */
    private static final int TIMEOUT_SECONDS = 240;

    private static final int START_SECONDS = 300;

    /** In a run this short the optimizing compiler costs more time than it saves. */
    private static final int SHORT_SECONDS = 30;

    private static final Pattern WORD = Pattern.compile("[@#\\w][\\w.:@#/-]{1,31}");
    private static final int MAX_WORDS = 400;

    /** Values that often break readers. */
    private static final List<String> HOSTILE =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "-0.0",
                    "1e400",
                    "1e-400",
                    "NaN",
                    "Infinity",
                    "99999999999999999999",
                    "2147483648",
                    "9223372036854775807",
                    "253402300800000",
                    "\\ud800",
                    "\\u0000",
                    "\u0000",
                    "\ufeff",
                    "\u00ad",
                    "\ud83d\ude97",
                    "[]",
                    "{}",
                    "\"\"",
                    "9999-12-31T23:59:59.999Z",
                    "1970-01-01T00:00:00-18:00",
                    "<![CDATA[",
                    "]]>",
                    "<!DOCTYPE",
                    "&#x10FFFF;",
                    "&amp;",
                    "encoding=\"utf-16\"");

    private static final Pattern STATUS =
            Pattern.compile("(?m)^#(\\d+)\\s+(\\w+)\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)/");
    private static final Pattern FINDING =
            Pattern.compile("Test unit written to (\\S+/(?:crash|timeout|oom)-\\S+)");

    /**
     * Runs the fuzzer.
     *
     * @param seeds initial inputs of each target, by its name
     * @param directory directory for the output of the run
     * @param corpus directory of inputs that reached new code: existing ones are used, new ones are
     *     added
     */
    static FuzzRun of(
            Class<?> table,
            Map<String, List<byte[]>> seeds,
            long seed,
            int seconds,
            Path directory,
            Path corpus)
            throws IOException, InterruptedException {
        List<String> targets = List.copyOf(seeds.keySet());
        Path seedDirectory = Files.createDirectories(directory.resolve("seeds"));
        Set<String> words = new TreeSet<>(HOSTILE);
        for (int target = 0; target < targets.size(); target++) {
            int number = 0;
            for (byte[] input : seeds.get(targets.get(target))) {
                Files.write(
                        seedDirectory.resolve(targets.get(target) + "-" + number++),
                        JazzerEntry.input(target, input));
            }
            words.addAll(words(seeds.get(targets.get(target))));
        }
        Path dictionary =
                Files.write(
                        directory.resolve("dictionary"),
                        words.stream().map(FuzzRun::quoted).toList());
        Path report = directory.resolve("report.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx768m", "-Xss512k", "-XX:+UseSerialGC"));
        command.add("-Djava.awt.headless=true");
        if (seconds <= SHORT_SECONDS) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add("-D" + JazzerEntry.CLASS_PATH + "=" + System.getProperty("java.class.path"));
        command.addAll(
                List.of(
                        "-cp",
                        Stream.of(JazzerEntry.class, Jazzer.class, FuzzedDataProvider.class)
                                .map(type -> place(type).toString())
                                .collect(Collectors.joining(File.pathSeparator))));
        command.add(Jazzer.class.getName());
        command.add("--target_class=" + JazzerEntry.class.getName());
        command.add("--target_args=" + table.getName() + " " + String.join(" ", targets));
        command.add("--instrumentation_includes=" + INSTRUMENTED);
        command.add("--instrumentation_excludes=" + InputCheck.class.getName());
        command.add("--custom_hook_includes=io.atalaya.**");
        // Disabled, because the memory these hooks allocate in regular expressions would count as
        // the reader's heap.
        command.add("--disabled_hooks=" + REGEX_HOOKS);
        command.add("--reproducer_path=" + directory);
        command.add("-artifact_prefix=" + directory + File.separator);
        command.add("-dict=" + dictionary);
        command.add("-seed=" + seed);
        command.add("-max_total_time=" + seconds);
        command.add("-max_len=" + (1 + MAX_INPUT));
        command.add("-timeout=" + TIMEOUT_SECONDS);
        // In wall-clock time, so a busy machine makes every input slow.
        command.add("-report_slow_units=" + TIMEOUT_SECONDS);
        // The JVM limits the heap; the process itself is larger.
        command.add("-rss_limit_mb=0");
        command.add(Files.createDirectories(corpus).toString());
        command.add(seedDirectory.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(report.toFile())
                        .start();
        try {
            if (!process.waitFor(seconds + START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Jazzer does not end: see " + report);
            }
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(report, StandardCharsets.ISO_8859_1);
        FuzzRun run = of(targets, seed, text);
        if (run.finding == null
                && (process.exitValue() != 0
                        || run.edges("DONE") == 0
                        || !targets.stream().allMatch(target -> run.executions(target) > 0))) {
            throw new IllegalStateException("Jazzer has failed: " + text);
        }
        return run;
    }

    /** Removes the byte that chooses the target from the finding. */
    private static FuzzRun of(List<String> targets, long seed, String report) throws IOException {
        Matcher match = FINDING.matcher(report);
        if (!match.find()) {
            return new FuzzRun(targets, seed, null, null, report);
        }
        Path finding = Path.of(match.group(1));
        byte[] input = Files.readAllBytes(finding);
        Files.write(finding, JazzerEntry.withoutTarget(input));
        String broken = targets.get(JazzerEntry.target(input, targets.size()));
        return new FuzzRun(targets, seed, finding, broken, report);
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first names and words of the seeds. */
    private static Set<String> words(List<byte[]> seeds) {
        Set<String> words = new TreeSet<>();
        for (byte[] input : seeds) {
            WORD.matcher(new String(input, StandardCharsets.UTF_8))
                    .results()
                    .map(MatchResult::group)
                    .limit(MAX_WORDS - Math.min(MAX_WORDS, words.size()))
                    .forEach(words::add);
        }
        return words;
    }

    /** In libFuzzer's dictionary format. */
    private static String quoted(String word) {
        HexFormat hex = HexFormat.of().withPrefix("\\x");
        return '"' + hex.formatHex(word.getBytes(StandardCharsets.UTF_8)) + '"';
    }

    /** Code branches reached: INITED by the seeds, DONE by all inputs. */
    int edges(String event) {
        return status(event, 3);
    }

    private int status(String event, int group) {
        return STATUS.matcher(report)
                .results()
                .filter(line -> line.group(2).equals(event))
                .mapToInt(line -> Integer.parseInt(line.group(group)))
                .max()
                .orElse(0);
    }

    /** Number of inputs that the target has read. */
    long executions(String target) {
        String start = JazzerEntry.executionsOf(target);
        return report.lines()
                .filter(line -> line.startsWith(start))
                .mapToLong(line -> Long.parseLong(line.substring(start.length())))
                .sum();
    }

    /** A one-line summary of the target for the console; edges are those of the whole process. */
    String summary(String target) {
        String run =
                String.format(
                        Locale.ROOT,
                        "fuzz %s: seed %d, %d executions, ",
                        target,
                        seed,
                        executions(target));
        return finding != null
                ? run + "FINDING " + finding
                : run
                        + String.format(
                                Locale.ROOT,
                                "edges %d by the seeds and %d in the end, %d features, corpus of %d, of %d target%s",
                                edges("INITED"),
                                edges("DONE"),
                                status("DONE", 4),
                                status("DONE", 5),
                                targets.size(),
                                targets.size() == 1 ? "" : "s");
    }

    /** Describes the failure and how to reproduce it. */
    String failure() throws IOException {
        String what =
                report.lines()
                        .dropWhile(line -> !line.startsWith("== "))
                        .takeWhile(line -> !line.startsWith("== libFuzzer crashing input"))
                        .limit(60)
                        .collect(Collectors.joining("\n"));
        return "%s%n%s%nInput (%d bytes): %s%nCopy it into src/test/resources/fuzz/%s/, where it is replayed from then on."
                .formatted(summary(broken), what, Files.size(finding), finding, broken);
    }
}
