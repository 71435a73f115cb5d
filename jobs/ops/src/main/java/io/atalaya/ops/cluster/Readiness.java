package io.atalaya.ops.cluster;

import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Waits until a new cluster accepts jobs. */
final class Readiness {
    private static final long POLL_MS = 300;
    private static final int SHOWN_LINES = 15;

    /** A process that ends this often does not become ready. */
    private static final int MAX_RESTARTS = 3;

    private final ClusterDescription cluster;
    private final ClusterDirectory directory;
    private final Process supervisor;

    Readiness(ClusterDescription cluster, ClusterDirectory directory, Process supervisor) {
        this.cluster = cluster;
        this.directory = directory;
        this.supervisor = supervisor;
    }

    /**
     * Returns once every TaskManager has registered, the broker responds, and notary and bridge
     * have read their files.
     *
     * @throws ClusterException if that does not happen in time or cannot happen any more
     */
    void await(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        try (FlinkRest flink =
                new FlinkRest(new JobManagerAddress(ClusterDescription.HOST, cluster.webPort()))) {
            while (true) {
                String missing = missing(flink);
                if (missing == null) {
                    return;
                }
                requireAlive();
                if (System.nanoTime() > deadline) {
                    throw new ClusterException(
                            missing
                                    + " after "
                                    + within.toSeconds()
                                    + " s; see "
                                    + directory.logs());
                }
                Thread.sleep(POLL_MS);
            }
        }
    }

    /** A description of what is not ready, or null. */
    private String missing(FlinkRest flink) throws InterruptedException {
        try {
            ClusterOverview overview = flink.overview();
            if (overview.getNumTaskManagersConnected() < cluster.taskManagers()) {
                return overview.getNumTaskManagersConnected()
                        + " of "
                        + cluster.taskManagers()
                        + " TaskManagers have registered";
            }
        } catch (ClusterException e) {
            return e.getMessage();
        }
        if (cluster.hasBroker()) {
            String broker = missingBroker();
            if (broker != null) {
                return broker;
            }
        }
        if (cluster.notaryKey() != null && !ClusterProcess.isOpen(cluster.notaryMetricsPort())) {
            return "the notary does not run";
        }
        return cluster.bridgeFile() == null || ClusterProcess.isOpen(cluster.bridgeMetricsPort())
                ? null
                : "the bridge does not run";
    }

    private String missingBroker() throws InterruptedException {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                cluster.bootstrapServers(),
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                5_000,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                5_000))) {
            admin.describeCluster().nodes().get();
            return null;
        } catch (ExecutionException e) {
            return "no answer from the broker at " + cluster.bootstrapServers();
        }
    }

    private void requireAlive() {
        if (!supervisor.isAlive()) {
            throw new ClusterException("its supervisor has ended" + tail(Supervisor.NAME));
        }
        for (ProcessMark mark : ProcessMark.in(directory)) {
            if (mark.restarts() >= MAX_RESTARTS) {
                throw new ClusterException(
                        mark.name() + " ends again and again" + tail(mark.name()));
            }
        }
    }

    /** The last lines of a process's output. */
    private String tail(String process) {
        List<String> said = lines(directory.out(process));
        List<String> shown = said.isEmpty() ? lines(directory.log(process)) : said;
        return "; see "
                + directory.logs()
                + "\n  "
                + String.join(
                        "\n  ",
                        shown.subList(Math.max(0, shown.size() - SHOWN_LINES), shown.size()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}
