package io.atalaya.ops.cluster;

import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Access to a JobManager's REST interface through Flink's own client. */
public final class FlinkRest implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    /** A savepoint with 30 days of read history takes many minutes. */
    private static final Duration SAVEPOINT_WITHIN = Duration.ofMinutes(30);

    private final JobManagerAddress address;
    private final RestClusterClient<StandaloneClusterId> client;

    /** Sends no request yet. */
    public FlinkRest(JobManagerAddress address) {
        this.address = address;
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.ADDRESS, address.host());
        configuration.set(RestOptions.ADDRESS, address.host());
        configuration.set(RestOptions.PORT, address.port());
        configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 2);
        configuration.set(RestOptions.RETRY_DELAY, Duration.ofMillis(200));
        configuration.set(RestOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(5));
        try {
            client = new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
        } catch (Exception e) {
            throw new ClusterException("making a client for the JobManager at " + address, e);
        }
    }

    /**
     * Slots, TaskManagers and job counts.
     *
     * @throws ClusterException if the JobManager does not respond; the same holds for the other
     *     methods
     */
    public ClusterOverview overview() {
        return get(client.getClusterOverview(), "overview", ANSWER_WITHIN);
    }

    /** Running jobs, and ended jobs that the JobManager still remembers. */
    public Collection<JobStatusMessage> jobs() {
        return get(client.listJobs(), "list of the jobs", ANSWER_WITHIN);
    }

    /** Jobs with the given name or id that have not ended. */
    public List<JobStatusMessage> running(String nameOrId) {
        return jobs().stream()
                .filter(job -> !job.getJobState().isGloballyTerminalState())
                .filter(
                        job ->
                                job.getJobName().equals(nameOrId)
                                        || job.getJobId().toString().equals(nameOrId))
                .toList();
    }

    /**
     * Takes a savepoint and returns its path.
     *
     * @param target directory, or null for the cluster's default
     */
    public String savepoint(JobID job, String target) {
        return get(
                client.triggerSavepoint(job, target, SavepointFormatType.CANONICAL),
                "savepoint",
                SAVEPOINT_WITHIN);
    }

    /** Stops the job with a savepoint, without firing timers, and returns the path. */
    public String stop(JobID job, String target) {
        return get(
                client.stopWithSavepoint(job, false, target, SavepointFormatType.CANONICAL),
                "stop with a savepoint",
                SAVEPOINT_WITHIN);
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T get(CompletableFuture<T> future, String what, Duration within) {
        try {
            return future.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ClusterException(
                    "no " + what + " from the JobManager at " + address + ": " + root(e), e);
        } catch (TimeoutException e) {
            throw new ClusterException(
                    "no " + what + " from the JobManager at " + address + " within " + within, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted, waiting for " + what, e);
        }
    }

    /**
     * The message of the innermost cause, because a refused connection is wrapped in four futures.
     */
    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        // Only the first line, because a server failure has its stack trace as text.
        return message.lines().findFirst().orElse(root.getClass().getSimpleName());
    }
}
