package io.atalaya.notary;

import io.atalaya.commandline.Scripts;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of the audit. */
@Command(
        name = Scripts.NAME,
        description = "Records what was sent, and proves it.",
        subcommands = {NotaryCommand.class, AuditCommand.class})
public final class Notary {
    private Notary() {}

    public static void main(String[] args) {
        Scripts.endOnErrors();
        System.exit(commandLine().execute(args));
    }

    /** The command with its subcommands, as used by {@link #main}. */
    public static CommandLine commandLine() {
        return Scripts.commandLine(new Notary());
    }
}
