package io.atalaya.cli;

import io.atalaya.cli.demo.DemoCommand;
import io.atalaya.cli.evaluate.EvaluateCommand;
import io.atalaya.cli.hotlist.HotlistCommand;
import io.atalaya.cli.replay.ReplayCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one subcommand for each file in {@code scripts/}. */
@Command(
        name = "atalaya",
        description = "Plate reads against the hot list, from Kafka to alerts.",
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            EvaluateCommand.class,
            HotlistCommand.class
        })
public final class Atalaya {
    private Atalaya() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with its subcommands, as {@link #main} runs it. */
    public static CommandLine commandLine() {
        return new CommandLine(new Atalaya()).setParameterExceptionHandler(new UsageError());
    }
}
