package io.atalaya.commandline;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;

/** Prints the error and a pointer to the help; the help itself would scroll the error away. */
final class UsageError implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        String script = Scripts.typed(command.getCommandSpec().qualifiedName());
        err.println("See " + script + " --help.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
