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

/** Tests that the tests which docs/threats.md names are there. */
class ThreatsPageTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    @Test
    void eachLineHasATestThatIsThereOrSaysThatThereIsNone() throws IOException {
        Set<String> tests = tests();
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
                            assertThat(tests).containsAll(named);
                            assertThat(!named.isEmpty() || cell.startsWith("none"))
                                    .as(cell)
                                    .isTrue();
                        });
    }

    private static String name(MatchResult code) {
        return code.group(1);
    }

    /** The names of all test classes. */
    private static Set<String> tests() throws IOException {
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
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
