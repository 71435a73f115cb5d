package io.atalaya.ops.cluster;

import io.atalaya.commandline.ExitCode;
import io.atalaya.commandline.TextTable;

import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code scripts/cluster status}. */
@Command(
        name = "status",
        sortOptions = false,
        description = "Shows the cluster's processes with their ports, its slots and its jobs.",
        exitCodeList = {
            "0:all of it runs",
            "1:a part of it does not run or does not answer",
            "3:nothing of it runs"
        })
final class StatusCommand implements Callable<Integer> {
    private static final int PARTLY = 1;
    private static final int STOPPED = 3;

    @Spec private CommandSpec spec;

    @Mixin private DirectoryOption directoryOption;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ClusterDirectory directory = directoryOption.get();
        Map<String, ProcessMark> marks =
                ProcessMark.in(directory).stream()
                        .collect(Collectors.toMap(ProcessMark::name, Function.identity()));
        if (marks.values().stream().allMatch(mark -> mark.process().isEmpty())) {
            out.println("No cluster runs in " + directory.root() + ".");
            return STOPPED;
        }
        ClusterDescription cluster;
        try {
            cluster = ClusterDescription.of(directory);
        } catch (ClusterException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return PARTLY;
        }
        boolean allRun = processes(cluster, directory, marks, out);
        out.println();
        try (FlinkRest flink =
                new FlinkRest(new JobManagerAddress(ClusterDescription.HOST, cluster.webPort()))) {
            slots(flink.overview(), out);
            jobs(flink, out);
        } catch (ClusterException e) {
            out.println(e.getMessage());
            return PARTLY;
        }
        return allRun ? ExitCode.OK : PARTLY;
    }

    private static boolean processes(
            ClusterDescription cluster,
            ClusterDirectory directory,
            Map<String, ProcessMark> marks,
            PrintWriter out) {
        TextTable table = TextTable.ofText("PROCESS", "PID", "SINCE", "RESTARTS", "PORTS");
        List<ClusterProcess> expected = new ArrayList<>();
        expected.add(new ClusterProcess(Supervisor.NAME, List.of(), ""));
        expected.addAll(new ClusterProcesses(cluster, directory, Installation.current()).all());
        boolean allRun = true;
        for (ClusterProcess process : expected) {
            Optional<ProcessMark> mark =
                    Optional.ofNullable(marks.get(process.name()))
                            .filter(each -> each.process().isPresent());
            allRun &= mark.isPresent();
            table.row(
                    mark.map(
                                    each ->
                                            List.of(
                                                    process.name(),
                                                    String.valueOf(each.pid()),
                                                    since(each.startedAt()),
                                                    String.valueOf(each.restarts()),
                                                    process.ports()))
                            .orElse(List.of(process.name(), "-", "does not run", "-", "-")));
        }
        table.print(out);
        return allRun;
    }

    private static String since(Instant start) {
        return start.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void slots(ClusterOverview overview, PrintWriter out) {
        out.println(
                "Slots: "
                        + overview.getNumSlotsAvailable()
                        + " free of "
                        + overview.getNumSlotsTotal()
                        + ", on "
                        + overview.getNumTaskManagersConnected()
                        + " TaskManagers");
    }

    private static void jobs(FlinkRest flink, PrintWriter out) {
        TextTable table = TextTable.ofText("JOB", "ID", "STATE", "SINCE");
        for (JobStatusMessage job : flink.jobs()) {
            table.row(
                    List.of(
                            job.getJobName(),
                            job.getJobId().toString(),
                            job.getJobState().toString(),
                            since(Instant.ofEpochMilli(job.getStartTime()))));
        }
        table.print(out);
    }
}
