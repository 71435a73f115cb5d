package io.atalaya.cli.cluster;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/cluster}: a standalone Flink cluster, and a broker, on one machine. */
@Command(
        name = "cluster",
        description = {
            "A standalone Flink cluster on this machine: a JobManager, TaskManagers and, unless there is"
                    + " one, a Kafka broker, each a process of its own. A supervisor starts again the"
                    + " one that dies."
        },
        subcommands = {StartCommand.class, StopCommand.class, StatusCommand.class})
public final class ClusterCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "cluster: got no subcommand, expected start, stop or status");
    }
}
