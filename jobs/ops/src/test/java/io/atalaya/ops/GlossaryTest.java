package io.atalaya.ops;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The glossary names classes that exist, and no source contains the words that it replaces, alone
 * or in a name.
 */
class GlossaryTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w+)");
    private static final Pattern DECLARED =
            Pattern.compile("\\b(?:class|interface|enum|record) (\\w+)");
    private static final Pattern REPLACED =
            Pattern.compile(
                    "(?i)\\b(?:told|tells?|nobody|whoever|somebody|lest|anew|wish(?:es|ed)?"
                            + "|judge[sd]?|judging|news|pictures?|unsa(?:y|ys|id))\\b");

    private static final Pattern SOURCE = Pattern.compile("/src/.*\\.(?:java|ts|svelte)$");
    private static final Pattern LINKED = Pattern.compile("\\]\\([^)]*\\)");

    /** Where a word of a name ends, in camelCase, CONSTANT_CASE or snake_case. */
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|_");

    @Test
    void everyClassOfTheGlossaryExists() throws IOException {
        String glossary = Files.readString(ROOT.resolve("docs/glossary.md"));
        Set<String> declared =
                sources().stream()
                        .flatMap(source -> found(DECLARED, source))
                        .collect(Collectors.toSet());

        assertThat(found(TYPE, glossary)).hasSizeGreaterThan(80).allMatch(declared::contains);
    }

    @Test
    void noSourceContainsReplacedWords() throws IOException {
        assertThat(
                        sources().stream()
                                .flatMap(String::lines)
                                .map(line -> HUMP.matcher(line).replaceAll(" ")))
                .noneMatch(REPLACED.asPredicate()::test);
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    /** Of the console also what its screen says, and its page. */
    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String directory : List.of("jobs", "console/server", "console/web/src")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
                files.filter(file -> SOURCE.matcher(file.toString()).find())
                        .filter(file -> !file.endsWith("GlossaryTest.java"))
                        // Made from the schemas when the screen is built.
                        .filter(file -> !file.toString().contains("/lib/contracts/"))
                        .map(GlossaryTest::read)
                        .forEach(sources::add);
            }
        }
        sources.add(LINKED.matcher(read(ROOT.resolve("docs/console.md"))).replaceAll("]"));
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
