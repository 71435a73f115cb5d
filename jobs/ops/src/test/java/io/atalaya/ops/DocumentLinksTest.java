package io.atalaya.ops;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that files linked from the documents exist, because classes are renamed more often than
 * documents are read.
 */
class DocumentLinksTest {
    private static final Path ROOT = Path.of("..", "..");

    /** The target of a link, without its section. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            List<Path> found = pages.filter(page -> page.toString().endsWith(".md")).toList();
            assertThat(found).hasSizeGreaterThan(10);
            return Stream.concat(
                    Stream.of("README.md", "README.es.md").map(ROOT::resolve), found.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkedFileExists(Path document) throws IOException {
        List<String> links =
                LINK.matcher(Files.readString(document))
                        .results()
                        .map((MatchResult link) -> link.group(1))
                        .toList();
        assertThat(links).allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }
}
