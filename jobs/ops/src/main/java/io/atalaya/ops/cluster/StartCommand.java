package io.atalaya.ops.cluster;

import io.atalaya.commandline.ExitCode;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.notary.chain.HeadKeys;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code scripts/cluster start}. */
@Command(
        name = "start",
        sortOptions = false,
        description = {
            "Starts the cluster with flink-conf/production and returns once it takes jobs. What an earlier one"
                    + " in the same directory has kept is there again: topics, checkpoints, savepoints,"
                    + " and its jobs, which continue from their last checkpoints."
        },
        exitCodeList = {
            "0:the cluster takes jobs",
            "1:it did not come up; nothing of it is left running",
            "2:wrong arguments, it runs already, or a port is taken"
        })
final class StartCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec private CommandSpec spec;

    @Option(
            names = "--taskmanagers",
            defaultValue = "2",
            paramLabel = "N",
            description = "TaskManager processes (default: ${DEFAULT-VALUE}).")
    private int taskManagers;

    @Option(
            names = "--slots",
            defaultValue = "3",
            paramLabel = "N",
            description =
                    "Slots of each: a job takes as many as its parallelism (default:"
                            + " ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "A broker that is there already; none is started then.")
    private String bootstrapServers;

    @Option(
            names = "--kafka-port",
            defaultValue = "9092",
            paramLabel = "PORT",
            description =
                    "Of the broker; the next is its controller's (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(
            names = "--web-port",
            defaultValue = "8081",
            paramLabel = "PORT",
            description = "Of web UI and REST interface (default: ${DEFAULT-VALUE}).")
    private int webPort;

    @Option(
            names = "--rpc-port",
            defaultValue = "6123",
            paramLabel = "PORT",
            description = "Of the JobManager, for TaskManagers (default: ${DEFAULT-VALUE}).")
    private int rpcPort;

    @Option(
            names = "--metrics-port",
            defaultValue = "9249",
            paramLabel = "PORT",
            description =
                    "Of the JobManager's metrics for Prometheus; those of TaskManager 1, 2 … follow"
                            + ", then the notary's and the bridge's (default: ${DEFAULT-VALUE})."
                            + " Flink's of these listen on every address.")
    private int metricsPort;

    @Option(
            names = "--zookeeper-port",
            defaultValue = "2181",
            paramLabel = "PORT",
            description =
                    "Of the ZooKeeper in which the JobManager keeps which jobs run (default:"
                            + " ${DEFAULT-VALUE}).")
    private int zookeeperPort;

    @Option(
            names = "--bridge",
            paramLabel = "FILE",
            description =
                    "Also run the bridge, to these destinations (docs/integration.md); its metrics"
                            + " are two ports after the last TaskManager's.")
    private Path bridgeFile;

    @Option(
            names = "--notary-key",
            paramLabel = "FILE",
            description =
                    "The key with which the notary signs (docs/audit.md). Default: one that is made in"
                            + " the cluster's directory; with --bootstrap-servers no notary runs"
                            + " without this option.")
    private Path notaryKey;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of Flink's, for example taskmanager.memory.process.size=4g; may be"
                            + " repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long it may take (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Mixin private DirectoryOption directoryOption;

    @Override
    public Integer call() throws InterruptedException {
        ClusterDirectory directory = directoryOption.get();
        ClusterDescription cluster =
                new ClusterDescription(
                        taskManagers,
                        webPort,
                        rpcPort,
                        metricsPort,
                        zookeeperPort,
                        bootstrapServers == null ? kafkaPort : 0,
                        bootstrapServers == null
                                ? ClusterDescription.HOST + ":" + kafkaPort
                                : bootstrapServers,
                        notaryKey(directory),
                        bridgeFile == null ? null : bridgeFile.toAbsolutePath());
        reject(faults(cluster));
        reject(running(directory));
        reject(takenPorts(cluster));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Installation installation = Installation.current();
        directory.create();
        if (notaryKey == null && cluster.notaryKey() != null) {
            createNotaryKey(directory);
        }
        // Deletes the marks of a killed cluster, so that their restarts do not count.
        ProcessMark.deleteAll(directory);
        FlinkSettings.write(cluster, directory, slots, overrides, installation);
        cluster.write(directory.description());
        out.println("Starting in " + directory.root() + " …");
        out.flush();
        Process supervisor =
                ClusterProcess.start(
                        directory, Supervisor.NAME, supervisor(installation, directory));
        try {
            new Readiness(cluster, directory, supervisor).await(Duration.ofSeconds(timeout));
            describe(cluster, directory, out);
        } catch (ClusterException e) {
            new Shutdown(directory).run();
            err.println("The cluster did not come up: " + e.getMessage());
            return FAILED;
        }
        return ExitCode.OK;
    }

    private Path notaryKey(ClusterDirectory directory) {
        if (notaryKey != null) {
            return notaryKey.toAbsolutePath();
        }
        return bootstrapServers == null ? directory.notaryKey() : null;
    }

    /** One key for all that is kept in the directory. */
    private static void createNotaryKey(ClusterDirectory directory) {
        if (Files.exists(directory.notaryKey())) {
            return;
        }
        try {
            HeadKeys.createPair(directory.notaryKey(), directory.notaryPublicKey());
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + directory.notaryKey(), e);
        }
    }

    /** Runs under nohup, so that the supervisor outlives the terminal. */
    private static List<String> supervisor(Installation installation, ClusterDirectory directory) {
        List<String> command = new ArrayList<>(List.of("nohup"));
        command.addAll(
                installation.ownJava(
                        List.of(
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-D" + Installation.HOME_PROPERTY + "=" + installation.home()),
                        Supervisor.class.getName()));
        command.add(directory.root().toString());
        return command;
    }

    private List<String> faults(ClusterDescription cluster) {
        List<String> faults = new ArrayList<>();
        if (taskManagers < 1) {
            faults.add("--taskmanagers: got " + taskManagers + ", expected 1 or more");
        }
        for (Path each : Arrays.asList(notaryKey, bridgeFile)) {
            if (each != null && !Files.isReadable(each)) {
                faults.add(
                        (each == notaryKey ? "--notary-key" : "--bridge")
                                + ": got "
                                + each
                                + ", expected a file that this user can read");
            }
        }
        if (slots < 1) {
            faults.add("--slots: got " + slots + ", expected 1 or more");
        }
        int named =
                4
                        + Math.max(0, taskManagers)
                        + (cluster.hasBroker() ? 2 : 0)
                        + (cluster.notaryKey() == null ? 0 : 1)
                        + (cluster.bridgeFile() == null ? 0 : 1);
        cluster.ports()
                .forEach(
                        (port, option) -> {
                            if (port < 1 || port > 65_535) {
                                faults.add(option + ": got " + port + ", expected 1 to 65535");
                            }
                        });
        if (faults.isEmpty() && cluster.ports().size() != named) {
            faults.add(
                    "ports: some are the same, expected a port each: "
                            + cluster.ports().entrySet().stream()
                                    .map(each -> each.getValue() + " " + each.getKey())
                                    .collect(Collectors.joining(", ")));
        }
        return faults;
    }

    private static List<String> running(ClusterDirectory directory) {
        String processes =
                ProcessMark.in(directory).stream()
                        .filter(mark -> mark.process().isPresent())
                        .map(mark -> mark.name() + " (process " + mark.pid() + ")")
                        .collect(Collectors.joining(", "));
        return processes.isEmpty()
                ? List.of()
                : List.of(
                        "it runs already in "
                                + directory.root()
                                + ": "
                                + processes
                                + ". See scripts/cluster status; scripts/cluster stop ends it.");
    }

    private static List<String> takenPorts(ClusterDescription cluster) {
        List<String> taken = new ArrayList<>();
        cluster.ports()
                .forEach(
                        (port, option) -> {
                            if (isTaken(port)) {
                                taken.add(
                                        option
                                                + ": port "
                                                + port
                                                + " is taken by another process, expected a free one");
                            }
                        });
        return taken;
    }

    private static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Connections of a cluster that was just stopped may still be in TIME_WAIT.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void reject(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", faults));
        }
    }

    private static void describe(
            ClusterDescription cluster, ClusterDirectory directory, PrintWriter out) {
        out.println("Flink:       http://" + ClusterDescription.HOST + ":" + cluster.webPort());
        out.println(
                "Kafka:       "
                        + cluster.bootstrapServers()
                        + (cluster.hasBroker() ? "" : " (not ours)"));
        out.println(
                "Prometheus:  ports "
                        + cluster.metricsPort()
                        + " to "
                        + cluster.lastMetricsPort()
                        + ", path /metrics");
        if (cluster.notaryKey() != null) {
            out.println("Audit:       signed with " + cluster.notaryKey());
        }
        out.println(
                "Bridge:      "
                        + (cluster.bridgeFile() == null
                                ? "none; --bridge FILE sends incidents to other systems"
                                : "to the destinations of " + cluster.bridgeFile()));
        out.println("Logs:        " + directory.logs());
        JobManagerAddress address =
                new JobManagerAddress(ClusterDescription.HOST, cluster.webPort());
        try (FlinkRest flink = new FlinkRest(address)) {
            for (JobDefinition<?> job : JobDefinition.all()) {
                out.println(
                        (flink.running(job.name()).isEmpty()
                                        ? "Next:        scripts/submit "
                                        : "Goes on:     ")
                                + job.name());
            }
        }
    }
}
