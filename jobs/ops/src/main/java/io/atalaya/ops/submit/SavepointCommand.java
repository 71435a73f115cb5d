package io.atalaya.ops.submit;

import io.atalaya.commandline.ExitCode;
import io.atalaya.ops.cluster.ClusterException;
import io.atalaya.ops.cluster.FlinkRest;

import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobStatusMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;

/** {@code scripts/savepoint}: saves the state of a job and resumes from it. */
@Command(
        name = "savepoint",
        description = {
            "Saves the state of a running job and prints where, on standard output and nothing else;"
                    + " resume goes on from there, with this version of the job or a later one."
        },
        subcommands = ResumeCommand.class)
public final class SavepointCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "savepoint: got no subcommand, expected stop, take or resume");
    }

    /** The job to save and the target directory. */
    static final class Request {
        @Parameters(paramLabel = "JOB", description = "Its name or id.")
        private String job;

        @Option(
                names = "--to",
                paramLabel = "URI",
                description = "Directory (default: the cluster's savepoint directory).")
        private String target;

        @Mixin private JobManagerOption jobManager;
    }

    /** Saves the state and stops the job. */
    @Command(
            name = "stop",
            description =
                    "Stops the job with a savepoint: what it has read it has answered, and resume goes on right"
                            + " behind it.")
    int stop(@Mixin Request request) {
        return save(request, (flink, id) -> flink.stop(id, request.target), "Stopped. ");
    }

    /** Saves the state; the job keeps running. */
    @Command(name = "take", description = "Takes a savepoint; the job runs on.")
    int take(@Mixin Request request) {
        return save(request, (flink, id) -> flink.savepoint(id, request.target), "Saved. ");
    }

    @FunctionalInterface
    private interface Save {
        String of(FlinkRest flink, JobID job);
    }

    private int save(Request request, Save save, String done) {
        PrintWriter err = spec.commandLine().getErr();
        try (FlinkRest flink = new FlinkRest(request.jobManager.address())) {
            JobStatusMessage running = theOne(flink.running(request.job), request.job);
            String path = save.of(flink, running.getJobId());
            err.println(
                    done
                            + "Go on with: scripts/savepoint resume "
                            + running.getJobName()
                            + " "
                            + path);
            spec.commandLine().getOut().println(path);
            return ExitCode.OK;
        } catch (ClusterException e) {
            err.println("No savepoint: " + e.getMessage());
            return ExitCode.NOTHING_DONE;
        }
    }

    private static JobStatusMessage theOne(List<JobStatusMessage> jobs, String asked) {
        if (jobs.size() != 1) {
            throw new ClusterException(
                    jobs.isEmpty()
                            ? "no job '" + asked + "' runs"
                            : jobs.size() + " jobs '" + asked + "' run; name one by its id");
        }
        return jobs.get(0);
    }
}
