package io.atalaya.console.audit;

import io.atalaya.console.item.Act;
import io.atalaya.console.queue.Mutes;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of the audit has words for each action that the server records. */
class AuditActionsTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path MESSAGES = Path.of("..", "web", "src", "lib", "messages.ts");

    /** A constant in capitals, except the name of an option's value. */
    private static final Pattern ACTION =
            Pattern.compile("(?<!paramLabel = )\"([A-Z]+(?:_[A-Z]+)*)\"");

    @Test
    void eachActionHasWordsInBothLanguages() throws IOException {
        List<String> lines = Files.readAllLines(MESSAGES);
        List<String> ofAudit = starting(lines, "  auditActions: {");
        List<String> ofAnswers = starting(lines, "  actions: {");
        Set<String> actions = actions();

        assertThat(actions).contains("LOGIN", "LIST", "ACCOUNT_ASK", "MUTE", "DISPOSE");
        assertThat(ofAudit).hasSize(2);
        assertThat(ofAnswers).hasSize(2);
        for (int language = 0; language < 2; language++) {
            String words = ofAudit.get(language) + ofAnswers.get(language);
            assertThat(actions)
                    .allSatisfy(action -> assertThat(words).contains(" " + action + ": '"));
        }
    }

    private static List<String> starting(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).toList();
    }

    private static Set<String> actions() throws IOException {
        Set<String> actions = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(AuditActionsTest::text)
                    .filter(text -> text.contains("Audit.Actor"))
                    .forEach(
                            text ->
                                    ACTION.matcher(text)
                                            .results()
                                            .forEach(found -> actions.add(found.group(1))));
        }
        for (Act.Type type : Act.Type.values()) {
            actions.add(type.name());
        }
        for (Mutes.Effect effect : Mutes.Effect.values()) {
            actions.add(effect.name());
        }
        return actions;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
