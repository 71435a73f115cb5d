package io.atalaya.lab.evaluate.page;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class PageTest {
    private static final Path TEMPLATES =
            Path.of("src/main/resources/io/atalaya/lab/evaluate/page");

    /** Everything else is escaped by the engine, so that no value can bring markup into a page. */
    @Test
    void onlyTheMacrosForPlotsWriteUnescapedValues() throws IOException {
        try (Stream<Path> templates = Files.list(TEMPLATES)) {
            List<String> unescaped =
                    templates.flatMap(PageTest::lines).filter(PageTest::isUnescaped).toList();
            assertThat(unescaped)
                    .hasSize(2)
                    .allMatch(line -> line.contains("{{ svg | raw }}"), "writes a plot");
        }
    }

    private static boolean isUnescaped(String line) {
        return line.matches(".*(\\| *raw|autoescape|verbatim).*");
    }

    private static Stream<String> lines(Path template) {
        try {
            return Files.readAllLines(template).stream();
        } catch (IOException e) {
            throw new IllegalStateException(template.toString(), e);
        }
    }
}
