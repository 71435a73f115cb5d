package io.atalaya.commandline;

import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.util.HashMap;
import java.util.Map;

/** The command lines behind the files in {@code scripts/}. */
public final class Scripts {
    /** Name of a command whose subcommands each have a script of their own. */
    public static final String NAME = "scripts";

    private Scripts() {}

    /**
     * A command with its subcommands, as its script runs it: help and errors name the script that a
     * person has typed.
     *
     * @param command annotated with {@link CommandLine.Command}; its name is {@link #NAME} or
     *     begins with {@code scripts/}
     */
    public static CommandLine commandLine(Object command) {
        CommandLine line = new CommandLine(command);
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
        IHelpSectionRenderer synopsis = sections.get(UsageMessageSpec.SECTION_KEY_SYNOPSIS);
        sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, help -> typed(synopsis.render(help)));
        line.setHelpSectionMap(sections);
        line.setParameterExceptionHandler(new UsageError());
        return line;
    }

    /** A command as a person types it, from its name and those of the commands above it. */
    static String typed(String qualifiedName) {
        return qualifiedName.replaceFirst("^" + NAME + " ", NAME + "/");
    }
}
