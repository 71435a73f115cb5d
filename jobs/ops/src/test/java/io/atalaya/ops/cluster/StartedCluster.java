package io.atalaya.ops.cluster;

import io.atalaya.contracts.topic.Account;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.kafka.TopicCreator;
import io.atalaya.ops.cluster.Script.Result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ChildFirstClassLoader;
import org.apache.kafka.clients.admin.Admin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A cluster of real processes, which {@code scripts/cluster} starts on free ports. */
final class StartedCluster {
    static final int TASK_MANAGERS = 2;

    /**
     * How long a buffer waits to fill. The production value of 5 ms, and 10 ms for a fetch of
     * reads, keep a third of a core busy without input.
     */
    private static final String BUFFER_WAIT = "100 ms";

    /** How long a fetch of reads waits to fill. */
    private static final String FETCH_WAIT = "500 ms";

    /** The setting of a job for it. */
    static final String READS_FETCH_WAIT = KafkaOptions.READS_FETCH_WAIT.key() + "=" + FETCH_WAIT;

    /**
     * A long path, because RocksDB derives file names from the path unless configured otherwise.
     */
    private static final String LONG_NAME = "a-cluster-in-a-directory-of-which-the-path-is-long";

    private static final int PORTS = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The details of a job, for example, are large. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern WARNING = Pattern.compile(" (WARN|ERROR) ");

    /** Their line in a histogram of classes: rank, instances, bytes, class. */
    private static final Pattern JOB_CLASS_LOADERS =
            Pattern.compile(
                    "^ *\\d+: +(\\d+) +\\d+ +" + ChildFirstClassLoader.class.getName() + "\\b",
                    Pattern.MULTILINE);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClusterDirectory directory;
    private final Script scripts;
    private final List<String> start;
    private final ClusterDescription description;
    private final RestClusterClient<StandaloneClusterId> flink;
    private final Map<String, StreamGraph> graphs = new HashMap<>();

    /**
     * @param parent of the cluster's directory
     * @param bridgeFile destinations of the bridge
     */
    StartedCluster(Path parent, Path bridgeFile) throws Exception {
        directory = new ClusterDirectory(parent.resolve(LONG_NAME));
        scripts = new Script(directory.root());
        int port = freePorts();
        start =
                List.of(
                        "start",
                        "--taskmanagers",
                        String.valueOf(TASK_MANAGERS),
                        "--web-port",
                        String.valueOf(port),
                        "--rpc-port",
                        String.valueOf(port + 1),
                        "--kafka-port",
                        String.valueOf(port + 2),
                        "--zookeeper-port",
                        String.valueOf(port + 4),
                        "--metrics-port",
                        String.valueOf(port + 5),
                        "--bridge",
                        bridgeFile.toString(),
                        "-D",
                        "taskmanager.memory.process.size=1500m",
                        "-D",
                        "jobmanager.memory.process.size=900m",
                        "-D",
                        ExecutionOptions.BUFFER_TIMEOUT.key() + "=" + BUFFER_WAIT,
                        "--timeout",
                        "200");
        start();
        description = ClusterDescription.of(directory);
        Configuration configuration = new Configuration();
        configuration.set(JobManagerOptions.ADDRESS, ClusterDescription.HOST);
        configuration.set(RestOptions.ADDRESS, ClusterDescription.HOST);
        configuration.set(RestOptions.PORT, description.webPort());
        flink = new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
    }

    /** Starts the cluster with the same arguments, for example after every process has died. */
    void start() throws Exception {
        Result started = scripts.run("cluster", start.toArray(String[]::new));
        assertThat(started.code()).as(started.out() + started.err()).isZero();
    }

    ClusterDirectory directory() {
        return directory;
    }

    ClusterDescription description() {
        return description;
    }

    Script scripts() {
        return scripts;
    }

    /** Runs the command of a script on this cluster, as {@link Script#runHere}. */
    Result runHere(String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--dir", directory.root().toString()));
        return Script.runHere(name, all.toArray(String[]::new));
    }

    RestClusterClient<StandaloneClusterId> flink() {
        return flink;
    }

    /** Submits a job and returns once all of its tasks run. */
    JobID submit(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "reads.start=EARLIEST", "--set", READS_FETCH_WAIT));
        return started(scripts.run("submit", all.toArray(String[]::new)));
    }

    /**
     * Submits a job without {@code scripts/submit} and returns once all of its tasks run; its
     * topics must exist. The two JVMs that the script starts cost as much as the whole work of a
     * short test, and so does the jar, which each process would receive and hash; so they load it
     * from where it is. Reads continue from the offsets of the job's consumer group, as by default.
     * One subtask needs half of the processor time of two.
     */
    JobID submitFromHere(String job) throws Exception {
        return running(submitStreamGraph(job, broker()));
    }

    /** The same for a job that Flink restarts when it fails, and with its missing topics. */
    JobID submitFromHereToLast(Account job) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", description.bootstrapServers()))) {
            TopicCreator.createMissing(admin, job.topics(), 1);
        }
        StreamGraph graph = streamGraph(job.id(), broker(), true);
        graph.setJobId(new JobID());
        return running(flink.submitJob(graph).get());
    }

    private Map<String, String> broker() {
        return Map.of(KafkaOptions.BOOTSTRAP_SERVERS.key(), description.bootstrapServers());
    }

    /**
     * Submits as Flink's command line does. One at a time, because a static field holds the
     * environment in which a job's main method runs, which it does once for all submissions.
     */
    synchronized JobID submitStreamGraph(String job, Map<String, String> settings)
            throws Exception {
        String key = job + settings;
        if (!graphs.containsKey(key)) {
            graphs.put(key, streamGraph(job, settings, false));
        }
        StreamGraph graph = graphs.get(key);
        graph.setJobId(new JobID());
        return flink.submitJob(graph).get();
    }

    private StreamGraph streamGraph(String job, Map<String, String> jobSettings, boolean restarts)
            throws Exception {
        File jar = new Installation(Script.HOME).jobJar(job).toFile();
        Configuration settings = GlobalConfiguration.loadConfiguration(directory.conf().toString());
        settings.set(PipelineOptions.CLASSPATHS, List.of(jar.toURI().toString()));
        if (!restarts) {
            // A failure must show. And a job that is cancelled while its sources fail can end the
            // JobManager: see docs/cluster.md.
            settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        }
        List<String> arguments =
                new ArrayList<>(List.of("--" + KafkaOptions.READS_FETCH_WAIT.key(), FETCH_WAIT));
        jobSettings.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
        try (PackagedProgram program =
                PackagedProgram.newBuilder()
                        .setJarFile(jar)
                        .setConfiguration(settings)
                        .setArguments(arguments.toArray(String[]::new))
                        .build()) {
            Pipeline pipeline =
                    PackagedProgramUtils.getPipelineFromProgram(program, settings, 1, false);
            StreamGraph graph = PipelineExecutorUtils.getStreamGraph(pipeline, settings);
            graph.serializeUserDefinedInstances();
            return graph;
        }
    }

    /** Returns the job that a script reports as submitted, once all of its tasks run. */
    JobID started(Result submitted) throws Exception {
        if (submitted.code() != 0) {
            // The cluster's directory does not outlive the test.
            throw new AssertionError(
                    submitted.out() + submitted.err() + String.join("\n", warnings()));
        }
        Matcher id = JOB_ID.matcher(submitted.out());
        assertThat(id.find()).as(submitted.out()).isTrue();
        return running(JobID.fromHexString(id.group(1)));
    }

    private JobID running(JobID job) throws Exception {
        await("every task runs", () -> runs(job));
        return job;
    }

    boolean runs(JobID job) throws Exception {
        return flink.getJobDetails(job).get().getJobVertexInfos().stream()
                .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
    }

    /** Returns the checkpoints of the job from Flink's REST interface. */
    JsonNode checkpoints(JobID job) throws IOException {
        return rest("/jobs/" + job + "/checkpoints");
    }

    /** Returns the ids of the registered TaskManagers; a new process has a new id. */
    Set<String> taskManagers() throws IOException {
        return Set.copyOf(rest("/taskmanagers").findValuesAsText("id"));
    }

    private JsonNode rest(String path) throws IOException {
        URI page = URI.create("http://localhost:" + description.webPort() + path);
        try (InputStream in = page.toURL().openStream()) {
            return JSON.readTree(in);
        }
    }

    /** Takes a checkpoint now and returns false if it fails, because the job restarts. */
    boolean checkpoint(JobID job) throws InterruptedException {
        try {
            flink.triggerCheckpoint(job, CheckpointType.CONFIGURED).get();
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    void cancelJobs() throws Exception {
        for (var job : flink.listJobs().get()) {
            if (!job.getJobState().isGloballyTerminalState()) {
                flink.cancel(job.getJobId()).get();
            }
        }
        await(
                "no job runs",
                () ->
                        flink.listJobs().get().stream()
                                .allMatch(job -> job.getJobState().isGloballyTerminalState()));
    }

    /** Returns how many class loaders of jobs the TaskManagers still hold. */
    long jobClassLoaders() throws Exception {
        // A collection only queues what has a finalizer; the next one frees it.
        long before = Long.MAX_VALUE;
        long held = countJobClassLoaders();
        while (held < before) {
            Thread.sleep(500);
            before = held;
            held = countJobClassLoaders();
        }
        return held;
    }

    private long countJobClassLoaders() throws Exception {
        long held = 0;
        for (int each = 1; each <= TASK_MANAGERS; each++) {
            // Collects first.
            Process jcmd =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                            .toString(),
                                    String.valueOf(mark("taskmanager-" + each).pid()),
                                    "GC.class_histogram")
                            .start();
            String histogram = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
            assertThat(jcmd.waitFor()).as(histogram).isZero();
            Matcher loaders = JOB_CLASS_LOADERS.matcher(histogram);
            held += loaders.find() ? Long.parseLong(loaders.group(1)) : 0;
        }
        return held;
    }

    ProcessMark mark(String process) {
        return ProcessMark.in(directory).stream()
                .filter(mark -> mark.name().equals(process))
                .findFirst()
                .orElseThrow();
    }

    /** Returns every line at WARN or ERROR that the processes have logged or printed. */
    List<String> warnings() throws IOException {
        List<String> warnings = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.logs())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                for (String line : Files.readAllLines(file)) {
                    if (WARNING.matcher(line).find()) {
                        warnings.add(file.getFileName() + ": " + line);
                    }
                }
            }
        }
        return warnings;
    }

    static void await(String what, Callable<Boolean> happened) throws Exception {
        await(what, PAUSE, happened);
    }

    static void await(String what, Duration pause, Callable<Boolean> happened) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no sign of: " + what + ", within " + PATIENCE);
            }
            Thread.sleep(pause.toMillis());
        }
    }

    /**
     * Stops the cluster, requires that all of its processes have ended, and deletes its directory.
     */
    void stop() throws Exception {
        flink.close();
        List<ProcessMark> marks = ProcessMark.in(directory);
        Result stopped = scripts.run("cluster", "stop", "--delete");
        assertThat(stopped.code()).as(stopped.err()).isZero();
        assertThat(marks).allMatch(mark -> mark.process().isEmpty());
        assertThat(directory.root()).doesNotExist();
    }

    /** Returns the first of as many consecutive free ports as a cluster uses. */
    private static int freePorts() {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (IntStream.range(first, first + PORTS).allMatch(StartedCluster::isFree)) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
