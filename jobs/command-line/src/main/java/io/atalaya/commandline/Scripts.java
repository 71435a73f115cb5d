package io.atalaya.commandline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** Command lines of the files in {@code scripts/}. */
public final class Scripts {
    /** Name of a command whose subcommands have one script each. */
    public static final String NAME = "scripts";

    private static final Logger LOG = LoggerFactory.getLogger(Scripts.class);

    private Scripts() {}

    /**
     * For a process that runs until it is stopped: an error, such as a class that cannot be loaded,
     * ends all of it and not only the thread that it meets, so that what watches over the process
     * starts it again.
     */
    public static void endOnErrors() {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, fault) -> {
                    try {
                        LOG.error(
                                "Thread {} has ended with {}",
                                thread.getName(),
                                fault.toString(),
                                fault);
                    } finally {
                        if (fault instanceof Error) {
                            // An exit would wait for the loops, one of which has ended.
                            Runtime.getRuntime().halt(ExitCode.ERROR);
                        }
                    }
                });
    }

    /**
     * A command with its subcommands for its script: help and errors show the script name that the
     * user typed, and every subcommand has {@code --help} and a heading of its exit codes.
     *
     * @param command annotated with {@link CommandLine.Command}; its name is {@link #NAME} or
     *     starts with {@code scripts/}
     */
    public static CommandLine commandLine(Object command) {
        CommandLine line = new CommandLine(command);
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
        IHelpSectionRenderer synopsis = sections.get(UsageMessageSpec.SECTION_KEY_SYNOPSIS);
        sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, help -> typed(synopsis.render(help)));
        line.setHelpSectionMap(sections);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Scripts::handleParseException);
        addHelp(line);
        return line;
    }

    private static void addHelp(CommandLine command) {
        for (CommandLine subcommand : command.getSubcommands().values()) {
            CommandSpec spec = subcommand.getCommandSpec();
            if (spec.findOption("--help") == null) {
                spec.addOption(
                        OptionSpec.builder("-h", "--help")
                                .arity("0")
                                .usageHelp(true)
                                .description("This text.")
                                .build());
            }
            if (!spec.usageMessage().exitCodeList().isEmpty()) {
                spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
            }
            addHelp(subcommand);
        }
    }

    /** A command as the user types it, from its qualified name. */
    static String typed(String qualifiedName) {
        return qualifiedName.replaceFirst("^" + NAME + " ", NAME + "/");
    }

    /** Prints the error and a pointer to the help; the help itself would scroll the error away. */
    private static int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        String script = typed(command.getCommandSpec().qualifiedName());
        err.println("See " + script + " --help.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
