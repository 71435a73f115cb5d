package io.atalaya.testutils;

import org.junit.jupiter.api.Named;
import picocli.CommandLine;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for the help of each command line. */
public final class CommandHelp {
    private CommandHelp() {}

    /** A command with all that are below it, each under its whole name. */
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
     * Fails if the help shows a directive of a format. Descriptions are format strings: where one
     * is malformed, picocli warns and shows it as it is.
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
     * Fails unless the help begins with what a person types, and names an option.
     *
     * @param command names of the subcommands on the way to it, with a space between them
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
