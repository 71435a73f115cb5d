package io.atalaya.ops;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the files and sections linked from the documents exist, because classes and headings
 * are renamed more often than documents are read.
 */
class DocumentLinksTest {
    private static final Path ROOT = Path.of("..", "..");

    /** The file, which is empty for the page itself, and the section, which may be absent. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]*)(?:#([^)]*))?\\)");

    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

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
    void everyLinkedFileExists(Path document) {
        assertThat(links(document)).allSatisfy(link -> assertThat(file(document, link)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkedSectionExists(Path document) {
        assertThat(links(document).filter(link -> link.group(2) != null))
                .allSatisfy(
                        link -> assertThat(sections(file(document, link))).contains(link.group(2)));
    }

    private static Stream<MatchResult> links(Path document) {
        return LINK.matcher(read(document)).results();
    }

    private static Path file(Path document, MatchResult link) {
        return link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
    }

    /** The anchors of the headings, as GitHub makes them. */
    private static Stream<String> sections(Path document) {
        return HEADING.matcher(read(document))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
