package io.atalaya.fuzzing;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests all targets of a table: known inputs are replayed, then Jazzer searches for others for some
 * seconds. System properties, with defaults: {@code fuzz.targets} (comma-separated names; all),
 * {@code fuzz.seconds} (2), {@code fuzz.seed} (from the time), {@code fuzz.directory} (keeps the
 * inputs that Jazzer finds useful for the next run; by default {@code target/fuzz}, which keeps no
 * inputs).
 */
public abstract class FuzzTest implements FuzzTarget.Table {
    private static final Path INPUTS = Path.of("src", "test", "resources", "fuzz");
    private static final int REPETITIONS = 4;

    private static final String KEPT = System.getProperty("fuzz.directory");
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 2);
    private static final long SEED =
            Long.getLong("fuzz.seed", System.nanoTime() & Integer.MAX_VALUE);

    @TestFactory
    Stream<DynamicContainer> holdsForEveryInput() {
        String chosen = System.getProperty("fuzz.targets", "");
        ExecutorService processes =
                Executors.newFixedThreadPool(
                        Runtime.getRuntime().availableProcessors(),
                        task -> {
                            Thread thread = new Thread(task, "fuzz");
                            thread.setDaemon(true);
                            return thread;
                        });
        Map<FuzzTarget<?>, List<byte[]>> seeds = new LinkedHashMap<>();
        targets().stream()
                .filter(
                        target ->
                                chosen.isEmpty()
                                        || List.of(chosen.split(",")).contains(target.name()))
                .forEach(target -> seeds.put(target, seeds(target)));
        List<DynamicContainer> tests = new ArrayList<>();
        for (List<FuzzTarget<?>> group : groups(List.copyOf(seeds.keySet()))) {
            Map<String, List<byte[]>> inputs = new LinkedHashMap<>();
            group.forEach(target -> inputs.put(target.name(), seeds.get(target)));
            Future<FuzzRun> run = processes.submit(() -> fuzz(inputs));
            group.forEach(target -> tests.add(tests(target, seeds.get(target), run)));
        }
        processes.shutdown();
        return tests.stream();
    }

    /** The start of a process costs as much as a short run of it. */
    private static List<List<FuzzTarget<?>>> groups(List<FuzzTarget<?>> targets) {
        return KEPT != null || targets.isEmpty()
                ? targets.stream().<List<FuzzTarget<?>>>map(List::of).toList()
                : List.of(targets);
    }

    private DynamicContainer tests(FuzzTarget<?> target, List<byte[]> seeds, Future<FuzzRun> run) {
        return DynamicContainer.dynamicContainer(
                target.name(),
                List.of(
                        DynamicTest.dynamicTest("known inputs", () -> replay(target, seeds)),
                        DynamicTest.dynamicTest(
                                "new inputs", () -> requireSound(target.name(), run.get()))));
    }

    private static void requireSound(String target, FuzzRun run) throws IOException {
        System.out.println(run.summary(target));
        if (run.finding() != null) {
            assumeTrue(run.broken().equals(target), () -> "a finding in " + run.broken());
            fail(run.failure());
        }
    }

    private static void replay(FuzzTarget<?> target, List<byte[]> seeds) {
        InputCheck<?> check = new InputCheck<>(target);
        for (byte[] input : seeds) {
            check.accept(input);
            for (int seed = 0; seed < REPETITIONS; seed++) {
                check.checkGrowth(input, seed);
            }
        }
    }

    private FuzzRun fuzz(Map<String, List<byte[]>> seeds) throws IOException, InterruptedException {
        Path directory =
                KEPT == null
                        ? Path.of("target", "fuzz", getClass().getSimpleName())
                        : Path.of(KEPT, String.join("-", seeds.keySet()));
        directory = Files.createDirectories(directory.toAbsolutePath());
        return FuzzRun.of(
                getClass(),
                seeds,
                SEED,
                SECONDS * seeds.size(),
                directory,
                KEPT == null
                        ? Files.createTempDirectory(directory, "corpus")
                        : directory.resolve("corpus"));
    }

    /** The target's seeds, its input files, and nothing. */
    private static List<byte[]> seeds(FuzzTarget<?> target) {
        Path files = INPUTS.resolve(target.name());
        try (Stream<Path> inputs =
                Files.isDirectory(files) ? Files.list(files).sorted() : Stream.empty()) {
            List<byte[]> seeds = new ArrayList<>(target.seeds().call());
            for (Path input : inputs.toList()) {
                seeds.add(Files.readAllBytes(input));
            }
            seeds.add(new byte[0]);
            return seeds;
        } catch (Exception e) {
            throw new IllegalStateException("the seeds of " + target.name(), e);
        }
    }
}
