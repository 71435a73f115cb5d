package io.atalaya.testutils;

import org.junit.jupiter.api.DynamicTest;
import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Checks of the help of each command line. */
public final class CommandHelp {
    private CommandHelp() {}

    /**
     * Tests of a command line and of all its subcommands.
     *
     * @param named each the names of the subcommands on the path to one, the script that its help
     *     begins with, and an option that it has: {@code "topics, scripts/topics, --grants"}
     */
    public static Stream<DynamicTest> tests(CommandLine root, String... named) {
        return Stream.concat(
                withSubcommands(root)
                        .map(
                                each ->
                                        dynamicTest(
                                                each.getCommandSpec().qualifiedName(),
                                                () -> assertFormatted(each))),
                Arrays.stream(named)
                        .map(each -> dynamicTest(each, () -> assertNames(root, each.split(", ")))));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().flatMap(CommandHelp::withSubcommands));
    }

    /**
     * Fails if the help shows a format directive. Descriptions are format strings, and picocli
     * prints a malformed one as it is, with a warning.
     */
    private static void assertFormatted(CommandLine command) {
        PrintStream err = System.err;
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        String help;
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            help = command.getUsageMessage();
        } finally {
            System.setErr(err);
        }

        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(help).contains("Usage: ").doesNotContain("%%", "%n", "${");
    }

    /** Fails unless the help starts with the script's name and contains an option. */
    private static void assertNames(CommandLine root, String... named) {
        CommandLine line = root;
        for (String name : named[0].split(" ")) {
            line = line.getSubcommands().get(name);
        }
        String help = line.getUsageMessage().replaceAll("\\s+", " ");
        assertThat(help).startsWith("Usage: " + named[1] + " ").contains(named[2]);
    }
}
