package io.atalaya.contracts.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class MessageFilesTest {
    private static final Pattern PLACE = Pattern.compile("%(\\d)\\$[+.\\d]*[a-z]");

    @ParameterizedTest
    @EnumSource
    void eachCodeHasAPatternAndEachPatternACode(Language language) {
        assertThat(language.patterns().stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(MessageCode.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void bothLanguagesHaveTheSamePlaces(MessageCode code) {
        assertThat(places(Language.ES, code)).isEqualTo(places(Language.EN, code));
    }

    private static List<String> places(Language language, MessageCode code) {
        return PLACE.matcher(language.patterns().getProperty(code.name()))
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    @Test
    void eachCodeIsUsed() throws IOException {
        String sources = mainSources();
        assertThat(MessageCode.values())
                .allMatch(code -> Pattern.compile("\\b" + code + "\\b").matcher(sources).find());
    }

    private static String mainSources() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."))) {
            for (Path module : modules) {
                appendSources(module.resolve("src/main/java"), sources);
            }
        }
        return sources.toString();
    }

    private static void appendSources(Path root, StringBuilder sources) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                if (source.contains("MessageCode") && !file.endsWith("MessageCode.java")) {
                    sources.append(source);
                }
            }
        }
    }

    /**
     * The texts of {@code rendered.txt} come from the time when code composed them. A tilde stands
     * between the languages of an argument. The default locale writes numbers with a comma.
     */
    @ParameterizedTest
    @CsvFileSource(resources = "rendered.txt", delimiter = '|', emptyValue = "")
    void rendersAsBefore(MessageCode code, String arguments, String es, String en) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("es-ES"));
        try {
            Message message = Message.of(code, arguments(code, arguments));
            assertThat(message.es()).isEqualTo(es);
            assertThat(message.en()).isEqualTo(en);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void eachCodeIsRendered() throws IOException {
        try (var lines =
                Files.lines(Path.of("src/test/resources/io/atalaya/contracts/text/rendered.txt"))) {
            assertThat(lines.map(line -> MessageCode.valueOf(line.split("\\|")[0])))
                    .containsExactly(MessageCode.values());
        }
    }

    private static Object[] arguments(MessageCode code, String arguments) {
        if (arguments == null) {
            return new Object[0];
        }
        String[] values = arguments.split(";");
        return PLACE.matcher(Language.ES.patterns().getProperty(code.name()))
                .results()
                .sorted((a, b) -> a.group(1).compareTo(b.group(1)))
                .map(place -> argument(place.group(), values[Integer.parseInt(place.group(1)) - 1]))
                .toArray();
    }

    private static Object argument(String place, String value) {
        return switch (place.charAt(place.length() - 1)) {
            case 'd' -> Long.valueOf(value);
            case 's' -> {
                List<String> words = Arrays.asList(value.split("~"));
                yield words.size() == 1 ? value : new Text.Translation(words.get(0), words.get(1));
            }
            default -> Double.valueOf(value);
        };
    }

    @Test
    void aHeadlineBeginsWithACapital() {
        Text text = new Text.Capitalized(Message.of(MessageCode.KIDNAPPING));

        assertThat(text.es()).isEqualTo("Secuestro");
        assertThat(text.en()).isEqualTo("Kidnapping");
    }
}
