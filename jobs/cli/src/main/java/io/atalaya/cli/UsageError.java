package io.atalaya.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;

/** Wrong arguments: what is wrong, and where the help is. The help itself would push it away. */
final class UsageError implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("See " + script(command) + " --help.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** A script is named after its subcommand; a person never types the command above it. */
    private static String script(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        return name.replaceFirst("^atalaya ", "scripts/");
    }
}
