package io.atalaya.testutils;

import org.junit.jupiter.api.Named;
import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks of the help of each command line. */
public final class CommandHelp {
    private CommandHelp() {}

    /** A command with all its subcommands, each under its full name. */
    public static Stream<Named<CommandLine>> commands(CommandLine command) {
        return withSubcommands(command)
                .map(each -> Named.of(each.getCommandSpec().qualifiedName(), each));
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
    public static void assertFormatted(CommandLine command) {
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

    /**
     * Fails unless the help starts with the script's name and contains an option.
     *
     * @param command names of the subcommands on the path to it, separated by spaces
     */
    public static void assertNames(CommandLine root, String command, String script, String option) {
        CommandLine line = root;
        for (String name : command.split(" ")) {
            line = line.getSubcommands().get(name);
        }
        String help = line.getUsageMessage().replaceAll("\\s+", " ");
        assertThat(help).startsWith("Usage: " + script + " ").contains(option);
    }
}
