package io.atalaya.embedded;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.runtime.resourcemanager.ResourceOverview;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.util.MiniClusterPipelineExecutorServiceLoader;
import org.apache.flink.util.Reference;
import org.apache.kafka.common.TopicPartition;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Flink's MiniCluster: JobManager and TaskManagers in this JVM, with a REST endpoint, and
 * checkpoints and savepoints in a temporary directory. The caller gives the configuration, normally
 * {@link FlinkConf#local()}; only directories and addresses are replaced. It listens on the
 * loopback interface only, and its web UI shows jobs but cannot submit or cancel them.
 *
 * <p>A TaskManager stopped here shuts down in order. That tests the restart of a job, but does not
 * replace a test with a killed process.
 */
public final class EmbeddedFlink implements AutoCloseable {
    /** Flink's default of 64 MiB is too small for all edges of a job at a parallelism of four. */
    private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(160);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Between looks at a job's graph, each of which copies all of it. */
    private static final long POLL_MS = 150;

    /** Longer, because each look at positions asks the broker half a dozen times. */
    private static final long POSITIONS_POLL_MS = 200;

    private static final String LOOPBACK = "localhost";

    private final TemporaryDirectory directory;
    private final Configuration configuration;
    private final MiniCluster cluster;

    /**
     * Maps the caller's number of a TaskManager (index) to that of MiniCluster, which only grows.
     */
    private final List<Integer> taskManagers = new ArrayList<>();

    private int started;
    private boolean isClosed;

    private EmbeddedFlink(
            TemporaryDirectory directory,
            Configuration configuration,
            MiniCluster cluster,
            int taskManagers) {
        this.directory = directory;
        this.configuration = configuration;
        this.cluster = cluster;
        for (; started < taskManagers; started++) {
            this.taskManagers.add(started);
        }
    }

    /**
     * Starts a cluster and returns once it accepts jobs.
     *
     * @param settings settings of the cluster and the jobs; directories in it are replaced
     */
    public static EmbeddedFlink start(
            Configuration settings, int taskManagers, int slotsPerTaskManager) {
        TemporaryDirectory directory = TemporaryDirectory.create("atalaya-flink-");
        Configuration own = new Configuration(settings);
        own.set(CoreOptions.TMP_DIRS, directory.child("tmp").toString());
        own.set(WebOptions.TMP_DIR, directory.child("web").toString());
        own.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(directory.child("checkpoints")));
        own.setString(LiveMetrics.FACTORY, LiveMetrics.Factory.class.getName());
        own.setString(LiveMetrics.ID, directory.child("metrics").toString());
        own.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(directory.child("savepoints")));
        MemorySize network =
                settings.getOptional(TaskManagerOptions.NETWORK_MEMORY_MAX).orElse(NETWORK_MEMORY);
        own.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        own.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        keepToThisMachine(own);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(own)
                                .setNumTaskManagers(taskManagers)
                                .setNumSlotsPerTaskManager(slotsPerTaskManager)
                                // A shared RPC service, because calls between separate ones took a
                                // fifth of the CPU time.
                                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                                .withRandomPorts()
                                .build(),
                        () -> Reference.owned(LoopbackRpcSystem.open(LOOPBACK)));
        try {
            cluster.start();
        } catch (Exception e) {
            directory.close();
            throw new IllegalStateException("the embedded Flink cluster did not start", e);
        }
        return new EmbeddedFlink(directory, own, cluster, taskManagers);
    }

    /**
     * Binds everything to loopback, because Flink's REST interface has no authentication, listens
     * on every interface by default and runs any uploaded jar: anyone on the network could run code
     * here.
     */
    private static void keepToThisMachine(Configuration own) {
        own.set(RestOptions.ADDRESS, LOOPBACK);
        own.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        // The blob server binds to the JobManager's address, too.
        own.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        own.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        own.set(WebOptions.SUBMIT_ENABLE, false);
        own.set(WebOptions.CANCEL_ENABLE, false);
        own.set(WebOptions.RESCALE_ENABLE, false);
    }

    /** An environment whose jobs run on this cluster, with the settings of its start. */
    public StreamExecutionEnvironment environment(int parallelism) {
        return environment(parallelism, new Configuration());
    }

    /**
     * Like {@link #environment(int)}, for a job that starts from the path of a savepoint or
     * checkpoint.
     */
    public StreamExecutionEnvironment environmentFrom(String savepoint, int parallelism) {
        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        return environment(parallelism, restore);
    }

    private StreamExecutionEnvironment environment(int parallelism, Configuration more) {
        Configuration job = new Configuration(configuration);
        job.addAll(more);
        job.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        return new StreamExecutionEnvironment(
                new MiniClusterPipelineExecutorServiceLoader(cluster),
                MiniClusterPipelineExecutorServiceLoader.updateConfigurationForMiniCluster(
                        job, List.of(), List.of()),
                EmbeddedFlink.class.getClassLoader());
    }

    /**
     * Submits the job of {@code environment} and waits until every task runs.
     *
     * @throws IllegalStateException when the job fails before that; the cause is the job's failure
     */
    public JobClient submit(StreamExecutionEnvironment environment, String jobName) {
        JobClient job;
        try {
            job = environment.executeAsync(jobName);
        } catch (Exception e) {
            throw new IllegalStateException("submitting job " + jobName, e);
        }
        awaitRunning(job);
        return job;
    }

    /** Waits until every task of the job runs, for example after a TaskManager was replaced. */
    public void awaitRunning(JobClient job) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            AccessExecutionGraph graph =
                    get(cluster.getExecutionGraph(job.getJobID()), "job graph");
            JobStatus status = graph.getState();
            if (status == JobStatus.RUNNING
                    && notRunning(graph.getAllExecutionVertices()).isEmpty()) {
                return;
            }
            requireNotOver(graph);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "job %s is still %s after %s; its tasks that do not run: %s"
                                .formatted(
                                        graph.getJobName(),
                                        status,
                                        PATIENCE,
                                        notRunning(graph.getAllExecutionVertices())),
                        failure(graph));
            }
            pause();
        }
    }

    /**
     * Checks that the job has not ended.
     *
     * @throws IllegalStateException when it has; the cause is the job's failure
     */
    public void requireNotOver(JobClient job) {
        // Checks the status first, because the job graph is large.
        if (get(job.getJobStatus(), "job status").isGloballyTerminalState()) {
            requireNotOver(get(cluster.getExecutionGraph(job.getJobID()), "job graph"));
        }
    }

    private static void requireNotOver(AccessExecutionGraph graph) {
        if (graph.getState().isGloballyTerminalState()) {
            throw new IllegalStateException(
                    "job " + graph.getJobName() + " is " + graph.getState(), failure(graph));
        }
    }

    /** The job's last failure, or null if it never failed. */
    public Throwable failureOf(JobClient job) {
        return failure(get(cluster.getExecutionGraph(job.getJobID()), "job graph"));
    }

    /**
     * Takes a checkpoint now.
     *
     * @return whether it completed; false when the job restarts in the meantime
     * @throws IllegalStateException when the job has ended; the cause is the job's failure
     */
    public boolean checkpoint(JobClient job) {
        requireNotOver(job);
        try {
            get(cluster.triggerCheckpoint(job.getJobID(), CheckpointType.CONFIGURED), "checkpoint");
            return true;
        } catch (IllegalStateException e) {
            requireNotOver(job);
            return false;
        }
    }

    /**
     * Waits for a checkpoint that contains all effects of the records in the given topics.
     *
     * @param group consumer group to which the job commits
     * @return false if no such checkpoint completed within the limit
     * @throws IllegalStateException when the job has ended; the cause is the job's failure
     */
    public boolean awaitCheckpointOf(
            Collection<String> topics,
            EmbeddedKafka kafka,
            JobClient job,
            String group,
            Duration limit)
            throws InterruptedException {
        long start = System.nanoTime();
        while (!kafka.isTaken(topics, group, positions(job)) || !checkpoint(job)) {
            requireNotOver(job);
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            Thread.sleep(POSITIONS_POLL_MS);
        }
        return true;
    }

    /** Takes a savepoint of a running job and returns its path. */
    public String triggerSavepoint(JobClient job) {
        return get(job.triggerSavepoint(null, SavepointFormatType.CANONICAL), "savepoint");
    }

    /** Stops a job with a savepoint, without firing timers, and returns the path. */
    public String stopWithSavepoint(JobClient job) {
        return stopWithSavepoint(job, SavepointFormatType.CANONICAL);
    }

    /** The same in another format. */
    public String stopWithSavepoint(JobClient job, SavepointFormatType format) {
        String savepoint = get(job.stopWithSavepoint(false, null, format), "stop with savepoint");
        awaitFreeSlots();
        return savepoint;
    }

    /** Cancels a job and waits until it has ended. A job that has ended stays as it is. */
    public void cancel(JobClient job) {
        if (get(job.getJobStatus(), "job status").isGloballyTerminalState()) {
            return;
        }
        get(job.cancel(), "cancel");
        get(cluster.requestJobResult(job.getJobID()), "end of the cancelled job");
        awaitFreeSlots();
    }

    /**
     * Waits for the slots of ended jobs, because they are released shortly after the end and a job
     * submitted before that fails at once for lack of slots.
     */
    private void awaitFreeSlots() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isEveryJobOver() && System.nanoTime() < deadline) {
            ResourceOverview slots = get(cluster.getResourceOverview(), "overview of the slots");
            if (slots.getNumberFreeSlots() == slots.getNumberRegisteredSlots()) {
                return;
            }
            pause();
        }
    }

    private boolean isEveryJobOver() {
        return get(cluster.listJobs(), "list of the jobs").stream()
                .allMatch(job -> job.getJobState().isGloballyTerminalState());
    }

    /** Number of completed checkpoints of the job. It never decreases, not even over a restart. */
    public long completedCheckpoints(JobClient job) {
        return checkpoints(job).getCounts().getNumberOfCompletedCheckpoints();
    }

    /** Flink's statistics of the job's checkpoints: counts, durations, sizes. */
    public CheckpointStatsSnapshot checkpoints(JobClient job) {
        return get(cluster.getExecutionGraph(job.getJobID()), "job graph")
                .getCheckpointStatsSnapshot();
    }

    /** The job's tasks with the names of the operators in each. */
    public Map<JobVertexID, String> tasks(JobClient job) {
        return get(cluster.getExecutionGraph(job.getJobID()), "job graph")
                .getAllVertices()
                .values()
                .stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                AccessExecutionJobVertex::getJobVertexId,
                                AccessExecutionJobVertex::getName));
    }

    /** The current sum of a numeric gauge over the job's subtasks. */
    public long sumOfGauges(JobClient job, String name) {
        return metrics().sumOfGauges(job.getJobID().toString(), name);
    }

    /**
     * The current maximum of a numeric gauge over the job's subtasks; 0 without gauges of that
     * name.
     */
    public long largestOfGauges(JobClient job, String name) {
        return metrics().largestOfGauges(job.getJobID().toString(), name);
    }

    /** The current sum of a counter over the job's subtasks. */
    public long sumOfCounters(JobClient job, String name) {
        return metrics().sumOfCounters(job.getJobID().toString(), name);
    }

    /**
     * The current sum of a counter over the job's tasks. Records passed between operators within a
     * task are not included.
     */
    public long sumOfTaskCounters(JobClient job, String name) {
        return metrics().sumOfTaskCounters(job.getJobID().toString(), name);
    }

    /**
     * Current positions of the job's sources, for {@link EmbeddedKafka#isTaken}: the offset after
     * the last record each has emitted; 0 or absent if it has emitted none since the job was
     * started, restored or restarted.
     */
    public Map<TopicPartition, Long> positions(JobClient job) {
        return metrics().positions(job.getJobID().toString());
    }

    private LiveMetrics metrics() {
        return LiveMetrics.of(configuration.getString(LiveMetrics.ID, null));
    }

    /**
     * Stops a TaskManager in order and starts another one in its place. The job restarts from its
     * last checkpoint.
     *
     * @param index 0 to the number of TaskManagers, exclusive
     */
    public synchronized void restartTaskManager(int index) {
        get(cluster.terminateTaskManager(taskManagers.get(index)), "stop of a TaskManager");
        try {
            cluster.startTaskManager();
        } catch (Exception e) {
            throw new IllegalStateException("starting a TaskManager", e);
        }
        taskManagers.set(index, started++);
    }

    /** Address of the REST interface and the web UI. */
    public URI webInterface() {
        return get(cluster.getRestAddress(), "REST address");
    }

    /**
     * Stops the cluster and deletes its checkpoints and savepoints. A second call has no effect.
     */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        // Cancels the jobs first, because a cluster that stops under a running job fails its tasks
        // one by one, each with a stack trace.
        cancelJobs();
        get(cluster.closeAsync(), "stop of the cluster");
        directory.close();
    }

    /** Cancels all running jobs and waits until their slots are free. */
    public void cancelJobs() {
        for (JobStatusMessage job : get(cluster.listJobs(), "list of the jobs")) {
            if (!job.getJobState().isGloballyTerminalState()) {
                get(cluster.cancelJob(job.getJobId()), "cancellation of " + job.getJobName());
                get(cluster.requestJobResult(job.getJobId()), "end of " + job.getJobName());
            }
        }
        awaitFreeSlots();
    }

    /** The name and state of each task that does not run. */
    static List<String> notRunning(Iterable<? extends AccessExecutionVertex> tasks) {
        List<String> names = new ArrayList<>();
        for (AccessExecutionVertex each : tasks) {
            if (each.getExecutionState() != ExecutionState.RUNNING) {
                names.add(each.getTaskNameWithSubtaskIndex() + " " + each.getExecutionState());
            }
        }
        return names;
    }

    private static Throwable failure(AccessExecutionGraph graph) {
        return graph.getFailureInfo() == null
                ? null
                : graph.getFailureInfo()
                        .getException()
                        .deserializeError(EmbeddedFlink.class.getClassLoader());
    }

    private static String uri(Path directory) {
        return directory.toUri().toString();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the cluster", e);
        }
    }

    private static <T> T get(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("embedded Flink: " + what + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "embedded Flink: no " + what + " within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted, waiting for " + what, e);
        }
    }
}
