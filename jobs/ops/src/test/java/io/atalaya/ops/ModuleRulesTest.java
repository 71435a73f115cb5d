package io.atalaya.ops;

import io.atalaya.flink.job.JobDefinition;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Each module and each job is checked by the rules about its classes. */
class ModuleRulesTest {
    private static final Path JOBS = Path.of("..");
    private static final Path CONSOLE = Path.of("..", "..", "console", "server");

    /** The modules with tests and several packages; one package has no cycle. */
    static List<Path> modules() throws IOException {
        try (Stream<Path> directories = Files.list(JOBS)) {
            return Stream.concat(directories, Stream.of(CONSOLE))
                    .filter(module -> Files.isDirectory(module.resolve("src/test/java")))
                    .filter(module -> packages(module.resolve("src/main/java")) > 1)
                    .toList();
        }
    }

    private static long packages(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesOfTheModuleAreCheckedForCycles(Path module) throws IOException {
        try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
            assertThat(files).anyMatch(file -> file.endsWith("PackageCyclesTest.java"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.atalaya.flink.job.JobDefinition#all")
    void theJobIsCheckedByTheArchitectureRules(JobDefinition<?> job) {
        assertThat(
                        JOBS.resolve(job.name())
                                .resolve("src/test/java")
                                .resolve(job.getClass().getPackageName().replace('.', '/'))
                                .resolve("ArchitectureTest.java"))
                .content()
                .contains("extends JobArchitecture")
                .contains("new " + job.getClass().getSimpleName() + "()");
    }
}
