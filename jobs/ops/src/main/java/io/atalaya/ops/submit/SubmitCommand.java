package io.atalaya.ops.submit;

import io.atalaya.flink.job.JobDefinition;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/submit}: submits a job to a cluster; each job is a subcommand. */
@Command(
        name = SubmitCommand.NAME,
        description = "Submits a job to a Flink cluster, by Flink's own client.")
public final class SubmitCommand implements Runnable {
    static final String NAME = "submit";

    private CommandSpec spec;

    @Spec
    void spec(CommandSpec own) {
        spec = own;
        for (JobDefinition<?> job : JobDefinition.all()) {
            own.addSubcommand(job.name(), new CommandLine(new SubmitJobCommand(job)));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "submit: got no job, expected " + String.join(" or ", spec.subcommands().keySet()));
    }
}
