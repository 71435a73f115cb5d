package io.atalaya.ops.cluster;

import org.apache.flink.api.common.JobID;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.atalaya.ops.cluster.StartedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills processes of the cluster with SIGKILL while both jobs work, and waits until all of them
 * work again. It prints the longest delays of alerts.
 */
final class Kills {
    private static final String JM = ClusterProcesses.JOB_MANAGER;
    private static final String TM1 = ClusterProcesses.taskManager(1);
    private static final String TM2 = ClusterProcesses.taskManager(2);
    private static final String BROKER = ClusterProcesses.BROKER;
    private static final String ZOOKEEPER = ClusterProcesses.ZOOKEEPER;
    private static final String NOTARY = ClusterProcesses.NOTARY;
    private static final String BRIDGE = ClusterProcesses.BRIDGE;
    private static final List<String> ALL =
            List.of(JM, TM1, TM2, BROKER, ZOOKEEPER, NOTARY, BRIDGE);

    private final StartedCluster cluster;
    private final ExpectedAlerts work;
    private final List<JobID> jobs;

    /**
     * @param jobs that run in the cluster, those that alert first
     * @param work input of these jobs
     */
    Kills(StartedCluster cluster, List<JobID> jobs, ExpectedAlerts work) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.work = work;
    }

    /** Kills three processes twice, so that each kind dies once. */
    void strongestCombinations() throws Exception {
        for (Set<String> victims :
                List.of(Set.of(JM, ZOOKEEPER, NOTARY), Set.of(BROKER, TM1, BRIDGE))) {
            workBeyondACheckpoint();
            kill(victims);
        }
    }

    /** Kills each process, each pair, and all at once. */
    void matrix() throws Exception {
        for (Set<String> victims : singlesAndPairs()) {
            workBeyondACheckpoint();
            kill(victims);
        }
        workBeyondACheckpoint();
        killEverything();
    }

    private static List<Set<String>> singlesAndPairs() {
        return ALL.stream()
                .flatMap(
                        one ->
                                Stream.concat(
                                        Stream.of(Set.of(one)),
                                        ALL.stream()
                                                .filter(other -> one.compareTo(other) < 0)
                                                .map(other -> Set.of(one, other))))
                .toList();
    }

    private void kill(Set<String> victims) throws Exception {
        Map<JobID, Long> completed = new HashMap<>();
        for (JobID job : jobs) {
            completed.put(job, cluster.checkpoints(job).at("/latest/completed/id").asLong());
        }
        Set<String> taskManagers = cluster.taskManagers();
        Map<String, ProcessMark> before = new HashMap<>();
        victims.forEach(victim -> before.put(victim, cluster.mark(victim)));

        long killed = System.currentTimeMillis();
        before.values().forEach(mark -> mark.process().orElseThrow().destroyForcibly());
        await(
                "the next " + victims,
                () ->
                        victims.stream()
                                .map(cluster::mark)
                                .allMatch(
                                        mark ->
                                                mark.restarts()
                                                                == before.get(mark.name())
                                                                                .restarts()
                                                                        + 1
                                                        && mark.process().isPresent()));
        long lost = victims.stream().filter(Set.of(TM1, TM2)::contains).count();
        await("the loss of " + lost + " TaskManagers", () -> lost == lost(taskManagers));
        awaitWork();

        if (victims.contains(JM)) {
            for (JobID job : jobs) {
                assertThat(cluster.checkpoints(job).at("/latest/restored/id").asLong())
                        .as("checkpoint from which the job was recovered")
                        .isPositive()
                        .isGreaterThanOrEqualTo(completed.get(job));
            }
        }
        assertThat(cluster.runHere("cluster", "status").out()).contains("RUNNING");
        reportSince(killed, victims.stream().sorted().collect(Collectors.joining(" + ")));
    }

    /**
     * Kills the supervisor as well, so that a person has to start the cluster again and do no more.
     */
    private void killEverything() throws Exception {
        long killed = System.currentTimeMillis();
        cluster.mark(Supervisor.NAME).process().orElseThrow().destroyForcibly();
        ALL.forEach(each -> cluster.mark(each).process().orElseThrow().destroyForcibly());
        await(
                "the end of every process",
                () ->
                        ProcessMark.in(cluster.directory()).stream()
                                .allMatch(mark -> mark.process().isEmpty()));
        cluster.start();
        awaitWork();
        reportSince(killed, "everything, and scripts/cluster start");
    }

    /** Waits for work after a checkpoint, which the jobs have to repeat when they restart. */
    private void workBeyondACheckpoint() throws Exception {
        for (JobID job : jobs) {
            await("a checkpoint of " + job, () -> cluster.checkpoint(job));
        }
        awaitWork();
    }

    private void awaitWork() throws Exception {
        await("all jobs", this::allRun);
        work.awaitNext();
    }

    /**
     * Counts the given TaskManagers that are no longer registered, or returns -1 while the
     * JobManager is unreachable.
     */
    private long lost(Set<String> taskManagers) {
        try {
            Set<String> registered = cluster.taskManagers();
            return taskManagers.stream().filter(each -> !registered.contains(each)).count();
        } catch (IOException e) {
            return -1;
        }
    }

    private boolean allRun() throws Exception {
        try {
            for (JobID job : jobs) {
                if (!cluster.runs(job)) {
                    return false;
                }
            }
            return cluster.flink().getClusterOverview().get().getNumTaskManagersConnected()
                    == StartedCluster.TASK_MANAGERS;
        } catch (ExecutionException e) {
            // The JobManager does not answer yet.
            return false;
        }
    }

    private void reportSince(long killed, String victims) {
        System.out.printf(
                "%-40s longest wait for an alert: %s%n",
                victims, work.longestWaits(killed - 2_000));
    }
}
