package io.atalaya.commandline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
     * user typed, and every command has {@code --help} and a heading of its exit codes.
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
        registerTypes(line);
        line.setExecutionStrategy(Scripts::execute);
        line.setParameterExceptionHandler(Scripts::handleParseException);
        collectErrors(line);
        addHelp(line);
        return line;
    }

    /** Types for which picocli's own message is an exception of Java. */
    private static void registerTypes(CommandLine line) {
        line.registerConverter(
                ZoneId.class, converter(ZoneId::of, "a time zone such as America/Mexico_City"));
        line.registerConverter(Year.class, converter(Year::parse, "a year such as 2026"));
        line.registerConverter(
                Duration.class, converter(Duration::parse, "a duration such as PT1M"));
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> parse, String expected) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException("got '" + text + "', expected " + expected);
            }
        };
    }

    private static void collectErrors(CommandLine command) {
        command.getCommandSpec().parser().collectErrors(true);
        command.getSubcommands().values().forEach(Scripts::collectErrors);
    }

    /** Runs the command, unless its arguments have errors: all of them are reported at once. */
    private static int execute(ParseResult parsed) {
        List<ParameterException> errors = new ArrayList<>();
        ParseResult last = parsed;
        for (ParseResult each = parsed; each != null; each = each.subcommand()) {
            boolean isPositionBad = false;
            for (Exception error : each.errors()) {
                // picocli goes on as if it were missing, and its text one too many.
                if (!isPositionBad
                        || !(error instanceof MissingParameterException
                                || error instanceof UnmatchedArgumentException)) {
                    errors.add((ParameterException) error);
                }
                isPositionBad |= isOfPosition((ParameterException) error);
            }
            last = each;
        }
        if (errors.isEmpty() || last.isUsageHelpRequested()) {
            return new RunLast().execute(parsed);
        }
        if (errors.size() == 1) {
            throw errors.get(0);
        }
        throw new ParameterException(
                errors.get(0).getCommandLine(),
                errors.stream().map(Exception::getMessage).collect(Collectors.joining("\n")));
    }

    /** Whether the value of a positional parameter cannot be parsed. */
    private static boolean isOfPosition(ParameterException error) {
        return error.getValue() != null
                && error.getArgSpec() != null
                && error.getArgSpec().isPositional();
    }

    private static void addHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
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
        command.getSubcommands().values().forEach(Scripts::addHelp);
    }

    /** A command as the user types it, from its qualified name. */
    static String typed(String qualifiedName) {
        return qualifiedName.replaceFirst("^" + NAME + " ", NAME + "/");
    }

    /** Prints the error and a pointer to the help; the help itself would scroll the error away. */
    private static int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String script = typed(command.getCommandSpec().qualifiedName());
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !command.getSubcommands().isEmpty()) {
            err.println(
                    script
                            + ": got '"
                            + unmatched.getUnmatched().get(0)
                            + "', expected "
                            + String.join(" or ", command.getSubcommands().keySet()));
        } else {
            err.println(e.getMessage());
            UnmatchedArgumentException.printSuggestions(e, err);
        }
        err.println("See " + script + " --help.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
