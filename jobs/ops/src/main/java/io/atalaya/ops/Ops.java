package io.atalaya.ops;

import io.atalaya.commandline.Scripts;
import io.atalaya.ops.broker.TopicsCommand;
import io.atalaya.ops.cluster.ClusterCommand;
import io.atalaya.ops.disposition.DispositionCommand;
import io.atalaya.ops.hotlist.HotlistCommand;
import io.atalaya.ops.model.ModelCommand;
import io.atalaya.ops.policy.PolicyCommand;
import io.atalaya.ops.submit.FlinkCommand;
import io.atalaya.ops.submit.SavepointCommand;
import io.atalaya.ops.submit.SubmitCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The operators' command, with one subcommand for each script. */
@Command(
        name = Scripts.NAME,
        description = "Runs an installation: its jobs, lists, models, policy and topics.",
        subcommands = {
            HotlistCommand.class,
            DispositionCommand.class,
            ModelCommand.class,
            PolicyCommand.class,
            TopicsCommand.class,
            ClusterCommand.class,
            SubmitCommand.class,
            SavepointCommand.class,
            FlinkCommand.class
        })
public final class Ops {
    private Ops() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command with its subcommands, as used by {@link #main}. */
    public static CommandLine commandLine() {
        return Scripts.commandLine(new Ops());
    }
}
