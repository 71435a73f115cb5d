package io.atalaya.ops.cluster;

import io.atalaya.embedded.FlinkConf;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Writes the {@code conf/} of a cluster: {@code flink-conf/production} and {@code zoo.cfg} plus the
 * settings of the installation.
 */
final class FlinkSettings {
    static final String PROFILE = "production";
    static final String ZOOKEEPER = "zoo.cfg";
    private static final String LOG = "log4j.properties";

    /** Per slot; all edges of hotlist-match need 43 MB at a parallelism of 4. */
    private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(64);

    private FlinkSettings() {}

    /**
     * Writes the settings over older ones.
     *
     * @param slots slots of each TaskManager
     * @param overrides the user's Flink settings
     */
    static void write(
            ClusterDescription cluster,
            ClusterDirectory directory,
            int slots,
            Map<String, String> overrides,
            Installation installation) {
        Configuration settings = FlinkConf.profile(PROFILE);
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(directory.checkpoints()));
        settings.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(directory.savepoints()));
        settings.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        settings.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(2048));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY.multiply(slots));
        settings.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
        settings.setString(ClusterProcesses.METRICS_PORT, String.valueOf(cluster.metricsPort()));
        settings.set(CoreOptions.TMP_DIRS, directory.tmp(ClusterProcesses.JOB_MANAGER).toString());
        // Delegation tokens are for Hadoop services only; otherwise each start looks for them and
        // logs a warning.
        settings.set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false);
        keepToThisMachine(settings, cluster);
        recoverJobs(settings, cluster, directory);
        overrides.forEach(settings::setString);
        try {
            Files.write(
                    directory.conf().resolve(GlobalConfiguration.FLINK_CONF_FILENAME),
                    ConfigurationUtils.convertConfigToWritableLines(settings, true).stream()
                            .sorted()
                            .toList());
            Files.copy(
                    installation.flinkConf().resolve(LOG),
                    directory.conf().resolve(LOG),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    directory.conf().resolve(ZOOKEEPER),
                    Files.readString(installation.flinkConf().resolve(ZOOKEEPER))
                            + "dataDir="
                            + directory.zookeeper()
                            + "\nclientPortAddress="
                            + ClusterDescription.HOST
                            + "\nclientPort="
                            + cluster.zookeeperPort()
                            + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + directory.conf(), e);
        }
    }

    /**
     * Binds all ports to localhost, because Flink has no login and access to its ports permits code
     * execution.
     */
    private static void keepToThisMachine(Configuration settings, ClusterDescription cluster) {
        settings.set(JobManagerOptions.ADDRESS, ClusterDescription.HOST);
        settings.set(JobManagerOptions.BIND_HOST, ClusterDescription.HOST);
        settings.set(JobManagerOptions.PORT, cluster.rpcPort());
        settings.set(RestOptions.ADDRESS, ClusterDescription.HOST);
        settings.set(RestOptions.BIND_ADDRESS, ClusterDescription.HOST);
        settings.set(RestOptions.PORT, cluster.webPort());
        settings.set(RestOptions.BIND_PORT, String.valueOf(cluster.webPort()));
        settings.set(TaskManagerOptions.BIND_HOST, ClusterDescription.HOST);
    }

    /** Enables high availability, so that a new JobManager recovers the jobs of a failed one. */
    private static void recoverJobs(
            Configuration settings, ClusterDescription cluster, ClusterDirectory directory) {
        settings.set(HighAvailabilityOptions.HA_MODE, HighAvailabilityMode.ZOOKEEPER.name());
        settings.set(
                HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM,
                ClusterDescription.HOST + ":" + cluster.zookeeperPort());
        settings.set(HighAvailabilityOptions.HA_STORAGE_PATH, uri(directory.highAvailability()));
        // ZooKeeper has no accounts here; without this setting every client logs a warning with a
        // stack trace.
        settings.set(SecurityOptions.ZOOKEEPER_SASL_DISABLE, true);
        // With high availability the JobManager uses this port, which is random by default.
        settings.set(
                HighAvailabilityOptions.HA_JOB_MANAGER_PORT_RANGE,
                String.valueOf(cluster.rpcPort()));
    }

    private static String uri(Path directory) {
        return directory.toUri().toString();
    }
}
