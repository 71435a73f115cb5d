package io.atalaya.ops.submit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/submit}: submits a job to a cluster. */
@Command(
        name = SubmitCommand.NAME,
        description = "Submits a job to a Flink cluster, by Flink's own client.",
        subcommands = {SubmitHotlistMatchCommand.class, SubmitVideoAnalyticsCommand.class})
public final class SubmitCommand implements Runnable {
    static final String NAME = "submit";

    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "submit: got no job, expected hotlist-match or video-analytics");
    }
}
