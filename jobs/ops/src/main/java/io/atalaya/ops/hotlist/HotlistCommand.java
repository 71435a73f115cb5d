package io.atalaya.ops.hotlist;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/hotlist}: loads, shows and removes entries of the list in the broker. */
@Command(
        name = "hotlist",
        sortOptions = false,
        description = {
            "Loads list files into topic hotlist, shows what is in force, and removes entries.",
            "scripts/hotlist load --help (show, remove) explains each."
        },
        subcommands = {LoadCommand.class, ShowCommand.class, RemoveCommand.class})
public final class HotlistCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "hotlist: got no subcommand, expected load, show or remove");
    }
}
