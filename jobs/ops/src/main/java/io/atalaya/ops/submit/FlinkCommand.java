package io.atalaya.ops.submit;

import io.atalaya.commandline.ExitCode;
import io.atalaya.ops.cluster.ClusterDescription;
import io.atalaya.ops.cluster.ClusterException;
import io.atalaya.ops.cluster.DirectoryOption;
import io.atalaya.ops.cluster.FlinkClient;
import io.atalaya.ops.cluster.FlinkRest;
import io.atalaya.ops.cluster.Installation;
import io.atalaya.ops.cluster.JobManagerAddress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * {@code scripts/flink}: runs Flink's own command line on the cluster of {@code scripts/cluster}.
 */
@Command(
        name = "flink",
        description = "Flink's own command line, on the cluster that scripts/cluster has started.")
public final class FlinkCommand implements Callable<Integer> {
    /** With these Flink asks a cluster. */
    private static final Set<String> ACTIONS =
            Set.of("list", "run", "cancel", "stop", "savepoint", "checkpoint");

    /** With these it asks none, or another one. */
    private static final Pattern NEEDS_NO_CLUSTER =
            Pattern.compile("-h|--help|-m.*|--jobmanager.*|-t.*|--target.*|-D.*");

    private CommandSpec spec;

    @Mixin private DirectoryOption directoryOption;

    @Parameters(
            paramLabel = "ARGUMENT",
            description = "As after bin/flink, for example: list, cancel JOB_ID, --help.")
    private List<String> arguments = new ArrayList<>();

    /** Passes options on to Flink, including --help. */
    @Spec
    void spec(CommandSpec own) {
        spec = own;
        own.parser().stopAtPositional(true).unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (!arguments.isEmpty()
                    && ACTIONS.contains(arguments.get(0))
                    && arguments.stream().noneMatch(NEEDS_NO_CLUSTER.asMatchPredicate())) {
                // Flink's own answer to no cluster would be a stack trace.
                int port = ClusterDescription.of(directoryOption.get()).webPort();
                try (FlinkRest flink =
                        new FlinkRest(new JobManagerAddress(ClusterDescription.HOST, port))) {
                    flink.overview();
                }
            }
            return FlinkClient.of(Installation.current(), directoryOption.get()).run(arguments);
        } catch (ClusterException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.NOTHING_DONE;
        }
    }
}
