package io.atalaya.ops;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that the tests which docs/threats.md names are there, and in the attack suite. */
class ThreatsPageTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    /** What {@code scripts/test --attacks} runs. */
    private static final Pattern ATTACK =
            Pattern.compile("^@Tag\\(\"attack\"\\)$", Pattern.MULTILINE);

    @Test
    void eachLineHasATestOfTheAttackSuiteOrSaysWhyThereIsNone() throws IOException {
        Set<String> attacks = attacks();
        List<String> cells =
                Files.readAllLines(ROOT.resolve("docs/threats.md")).stream()
                        .filter(line -> line.startsWith("| ") && !line.startsWith("| Reaches"))
                        .map(line -> line.split("\\|")[4].strip())
                        .toList();

        assertThat(cells).hasSizeGreaterThan(30);
        assertThat(cells)
                .allSatisfy(
                        cell -> {
                            List<String> named =
                                    CODE.matcher(cell)
                                            .results()
                                            .map(ThreatsPageTest::name)
                                            .toList();
                            assertThat(attacks).containsAll(named);
                            assertThat(!named.isEmpty() || cell.startsWith("none: "))
                                    .as(cell)
                                    .isTrue();
                        });
    }

    private static String name(MatchResult code) {
        return code.group(1);
    }

    /** The names of all test classes of the attack suite. */
    private static Set<String> attacks() throws IOException {
        try (Stream<Path> jobs = Files.list(ROOT.resolve("jobs"));
                Stream<Path> console = Stream.of(ROOT.resolve("console/server"))) {
            List<Path> roots =
                    Stream.concat(jobs, console)
                            .map(module -> module.resolve("src/test/java"))
                            .filter(Files::isDirectory)
                            .toList();
            assertThat(roots).hasSizeGreaterThan(10);
            return roots.stream()
                    .flatMap(ThreatsPageTest::classes)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    private static Stream<String> classes(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> ATTACK.matcher(text(file)).find())
                    .map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
