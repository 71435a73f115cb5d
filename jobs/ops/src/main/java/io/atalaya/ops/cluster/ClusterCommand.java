package io.atalaya.ops.cluster;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/cluster}: a standalone Flink cluster, ZooKeeper and a broker on one machine. */
@Command(
        name = "cluster",
        description = {
            "A standalone Flink cluster on this machine: ZooKeeper, a JobManager, TaskManagers and,"
                    + " unless there is one, a Kafka broker, beside them the notary and the bridge, each a"
                    + " process of its own. A supervisor"
                    + " restarts a process that dies, and Flink recovers the jobs."
        },
        subcommands = {StartCommand.class, StopCommand.class, StatusCommand.class})
public final class ClusterCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "cluster: got no subcommand, expected start, stop or status");
    }
}
