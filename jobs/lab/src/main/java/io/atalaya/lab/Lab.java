package io.atalaya.lab;

import io.atalaya.commandline.Scripts;
import io.atalaya.lab.demo.DemoCommand;
import io.atalaya.lab.evaluate.EvaluateCommand;
import io.atalaya.lab.replay.ReplayCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs the jobs on embedded Kafka and Flink, and reports on what they detect. */
@Command(
        name = Scripts.NAME,
        description = "Runs the jobs on embedded parts, and evaluates what they find.",
        subcommands = {DemoCommand.class, ReplayCommand.class, EvaluateCommand.class})
public final class Lab {
    private Lab() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with its subcommands, as used by {@link #main}. */
    public static CommandLine commandLine() {
        return Scripts.commandLine(new Lab());
    }
}
