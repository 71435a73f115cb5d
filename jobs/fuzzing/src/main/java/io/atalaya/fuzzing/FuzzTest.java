package io.atalaya.fuzzing;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.fail;

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
        List<DynamicContainer> tests =
                targets().stream()
                        .filter(
                                t ->
                                        chosen.isEmpty()
                                                || List.of(chosen.split(",")).contains(t.name()))
                        .map(target -> tests(target, processes))
                        .toList();
        processes.shutdown();
        return tests.stream();
    }

    private DynamicContainer tests(FuzzTarget<?> target, ExecutorService processes) {
        List<byte[]> seeds = seeds(target);
        Future<FuzzRun> run = processes.submit(() -> fuzz(target, seeds));
        return DynamicContainer.dynamicContainer(
                target.name(),
                List.of(
                        DynamicTest.dynamicTest("known inputs", () -> replay(target, seeds)),
                        DynamicTest.dynamicTest(
                                "new inputs",
                                () -> {
                                    FuzzRun done = run.get();
                                    System.out.println(done.summary());
                                    if (done.finding() != null) {
                                        fail(done.failure());
                                    }
                                })));
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

    private FuzzRun fuzz(FuzzTarget<?> target, List<byte[]> seeds)
            throws IOException, InterruptedException {
        String kept = System.getProperty("fuzz.directory");
        Path directory =
                Path.of(kept == null ? "target/fuzz" : kept, target.name()).toAbsolutePath();
        Files.createDirectories(directory);
        return FuzzRun.of(
                getClass(),
                target.name(),
                seeds,
                SEED,
                SECONDS,
                directory,
                kept == null
                        ? Files.createTempDirectory(directory, "corpus")
                        : directory.resolve("corpus"));
    }

    /** The target's seeds and its input files. */
    private static List<byte[]> seeds(FuzzTarget<?> target) {
        Path files = INPUTS.resolve(target.name());
        try (Stream<Path> inputs =
                Files.isDirectory(files) ? Files.list(files).sorted() : Stream.empty()) {
            List<byte[]> seeds = new ArrayList<>(target.seeds().call());
            for (Path input : inputs.toList()) {
                seeds.add(Files.readAllBytes(input));
            }
            return seeds;
        } catch (Exception e) {
            throw new IllegalStateException("the seeds of " + target.name(), e);
        }
    }
}
