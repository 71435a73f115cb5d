package io.atalaya.bridge;

import io.atalaya.bridge.receiver.ReceiverCommand;
import io.atalaya.commandline.Scripts;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command of the bridge and of what integrators test with. */
@Command(
        name = Scripts.NAME,
        description = "Delivers incidents to other systems.",
        subcommands = {BridgeCommand.class, ReceiverCommand.class})
public final class Bridge {
    private Bridge() {}

    public static void main(String[] args) {
        Scripts.endOnErrors();
        System.exit(commandLine().execute(args));
    }

    /** The command with its subcommands, as used by {@link #main}. */
    public static CommandLine commandLine() {
        return Scripts.commandLine(new Bridge());
    }
}
