package io.atalaya.ops.cluster;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.quorum.QuorumPeerMain;

import java.util.ArrayList;
import java.util.List;

/** Builds the command lines of a cluster's processes, like Flink's own start scripts. */
final class ClusterProcesses {
    static final String ZOOKEEPER = "zookeeper";
    static final String BROKER = "broker";
    static final String JOB_MANAGER = "jobmanager";
    static final String NOTARY = "notary";
    static final String BRIDGE = "bridge";

    /**
     * In the configuration file for the JobManager, which accepts no settings on its command line.
     */
    static final String METRICS_PORT = "metrics.reporter.prom.port";

    /**
     * Only for processes other than Flink's, because Flink's processes get this option from their
     * configuration.
     */
    private static final String EXIT_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    private final ClusterDescription cluster;
    private final ClusterDirectory directory;
    private final Installation installation;
    private final Configuration settings;

    ClusterProcesses(
            ClusterDescription cluster, ClusterDirectory directory, Installation installation) {
        this.cluster = cluster;
        this.directory = directory;
        this.installation = installation;
        settings = GlobalConfiguration.loadConfiguration(directory.conf().toString());
    }

    static String taskManager(int number) {
        return "taskmanager-" + number;
    }

    List<ClusterProcess> all() {
        List<ClusterProcess> all = new ArrayList<>();
        all.add(zookeeper());
        if (cluster.hasBroker()) {
            all.add(broker());
        }
        all.add(jobManager());
        for (int each = 1; each <= cluster.taskManagers(); each++) {
            all.add(taskManagerProcess(each));
        }
        if (cluster.notaryKey() != null) {
            all.add(
                    besideFlink(
                            NOTARY,
                            "-Xmx256m",
                            "io.atalaya.notary.Notary",
                            List.of("--key-file", cluster.notaryKey().toString()),
                            cluster.notaryMetricsPort()));
        }
        if (cluster.bridgeFile() != null) {
            all.add(
                    besideFlink(
                            BRIDGE,
                            "-Xmx1g",
                            "io.atalaya.bridge.Bridge",
                            List.of(cluster.bridgeFile().toString()),
                            cluster.bridgeMetricsPort()));
        }
        return all;
    }

    /** A process that is a client of the broker only; it starts once that is there. */
    private ClusterProcess besideFlink(
            String name, String heap, String main, List<String> arguments, int metricsPort) {
        List<String> command =
                new ArrayList<>(
                        installation.ownJava(
                                options(
                                        name,
                                        List.of(heap, "-XX:+UseSerialGC", EXIT_WITHOUT_MEMORY)),
                                main));
        command.add(name);
        command.addAll(arguments);
        command.addAll(
                List.of(
                        "--bootstrap-servers",
                        cluster.bootstrapServers(),
                        "--metrics-port",
                        String.valueOf(metricsPort)));
        return new ClusterProcess(name, command, "metrics " + metricsPort, cluster.kafkaPort());
    }

    /** ZooKeeper's server, from the jar that contains Flink's client for it. */
    private ClusterProcess zookeeper() {
        List<String> command =
                new ArrayList<>(
                        installation.flinkJava(
                                options(
                                        ZOOKEEPER,
                                        List.of(
                                                "-Xmx128m",
                                                "-XX:+UseSerialGC",
                                                EXIT_WITHOUT_MEMORY)),
                                QuorumPeerMain.class.getName()));
        command.add(directory.conf().resolve(FlinkSettings.ZOOKEEPER).toString());
        return new ClusterProcess(ZOOKEEPER, command, "client " + cluster.zookeeperPort());
    }

    private ClusterProcess broker() {
        List<String> command =
                new ArrayList<>(
                        installation.ownJava(
                                options(BROKER, List.of("-Xmx512m", EXIT_WITHOUT_MEMORY)),
                                BrokerProcess.class.getName()));
        command.add(directory.kafka().toString());
        command.add(String.valueOf(cluster.kafkaPort()));
        command.add(String.valueOf(cluster.controllerPort()));
        return new ClusterProcess(BROKER, command, "kafka " + cluster.kafkaPort());
    }

    private ClusterProcess jobManager() {
        JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(settings);
        List<String> command =
                flink(
                        JOB_MANAGER,
                        JobManagerProcessUtils.generateJvmParametersStr(memory, settings),
                        CoreOptions.FLINK_JM_JVM_OPTIONS,
                        StandaloneSessionClusterEntrypoint.class);
        command.addAll(List.of("--executionMode", "cluster"));
        // The log file for the JobManager's web UI. A TaskManager must not have this option: see
        // log4j.properties.
        command.add(1, "-Dlog.file=" + directory.log(JOB_MANAGER));
        command.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
        return new ClusterProcess(
                JOB_MANAGER,
                command,
                "web "
                        + cluster.webPort()
                        + ", rpc "
                        + cluster.rpcPort()
                        + ", metrics "
                        + cluster.metricsPort());
    }

    private ClusterProcess taskManagerProcess(int number) {
        String name = taskManager(number);
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(settings);
        List<String> command =
                flink(
                        name,
                        ProcessMemoryUtils.generateJvmParametersStr(memory),
                        CoreOptions.FLINK_TM_JVM_OPTIONS,
                        TaskManagerRunner.class);
        set(command, METRICS_PORT, cluster.metricsPort(number));
        set(command, CoreOptions.TMP_DIRS.key(), directory.tmp(name));
        set(command, TaskManagerOptions.TASK_MANAGER_LOG_PATH.key(), directory.log(name));
        set(command, TaskManagerOptions.HOST.key(), ClusterDescription.HOST);
        command.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
        return new ClusterProcess(name, command, "metrics " + cluster.metricsPort(number));
    }

    /** Includes {@code env.java.opts.*}, like Flink's own scripts. */
    private List<String> flink(
            String name, String memory, ConfigOption<String> ownOptions, Class<?> main) {
        List<String> jvm = new ArrayList<>(words(memory));
        jvm.addAll(words(settings.get(CoreOptions.FLINK_JVM_OPTIONS)));
        jvm.addAll(words(settings.get(ownOptions)));
        List<String> command =
                new ArrayList<>(installation.flinkJava(options(name, jvm), main.getName()));
        command.addAll(List.of("--configDir", directory.conf().toString()));
        return command;
    }

    private List<String> options(String name, List<String> memory) {
        List<String> options = new ArrayList<>(memory);
        options.add("-Datalaya.log=" + directory.log(name));
        options.add("-Dlog4j.configurationFile=" + directory.conf().resolve("log4j.properties"));
        options.add("-Dfile.encoding=UTF-8");
        return options;
    }

    private static void set(List<String> command, String key, Object value) {
        command.add("-D");
        command.add(key + "=" + value);
    }

    /** Splits at white space like a shell, because Flink's output contains no quoted arguments. */
    private static List<String> words(String line) {
        return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
    }
}
