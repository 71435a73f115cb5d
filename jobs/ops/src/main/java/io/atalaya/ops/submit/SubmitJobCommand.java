package io.atalaya.ops.submit;

import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.flink.options.InvalidSettingsException;
import io.atalaya.kafka.TopicCreator;
import io.atalaya.ops.cluster.ClusterDescription;
import io.atalaya.ops.cluster.ClusterException;
import io.atalaya.ops.cluster.FlinkClient;
import io.atalaya.ops.cluster.FlinkRest;
import io.atalaya.ops.cluster.Installation;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code scripts/submit JOB}. */
@Command(
        sortOptions = false,
        exitCodeList = {
            "0:submitted",
            "1:rejected by the cluster; Flink's client says why",
            "2:wrong settings, no cluster or no broker; nothing was submitted"
        },
        footerHeading = "%nSettings, for --set:%n")
final class SubmitJobCommand implements Callable<Integer> {
    private static final int REJECTED = 1;

    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the job, see below; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Of the job; it takes as many slots (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description =
                    "Go on from the savepoint or checkpoint in that directory, for example one that"
                            + " scripts/savepoint has printed (default: start afresh).")
    private String from;

    @Option(
            names = "--drop-unused-state",
            description =
                    "With --from: go on without the state of functions that are switched off by now"
                            + " (default: rejected by the cluster).")
    private boolean dropsUnusedState;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            paramLabel = "N",
            description = "Of topics that are created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Mixin private JobManagerOption jobManager;

    private final JobDefinition<?> job;

    SubmitJobCommand(JobDefinition<?> job) {
        this.job = job;
    }

    @Spec
    void spec(CommandSpec own) {
        spec = own;
        own.usageMessage()
                .description(
                        "Submits the job that "
                                + job.summary()
                                + ". Its settings are checked first, all of them at once; topics that"
                                + " are missing are created.")
                .footer(SettingsHelp.lines(job.options()));
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return submit();
        } catch (ClusterException e) {
            err.println("Nothing submitted: " + e.getMessage());
        } catch (KafkaException e) {
            err.println(
                    "Nothing submitted: "
                            + BrokerOptions.describe(
                                    e, settings.get(KafkaOptions.BOOTSTRAP_SERVERS.key())));
        }
        return ExitCode.NOTHING_DONE;
    }

    private int submit() throws InterruptedException {
        KafkaSettings kafka = checked();
        requireNotRunning();
        PrintWriter out = spec.commandLine().getOut();
        List<String> created = createMissingTopics(kafka);
        if (!created.isEmpty()) {
            out.println("Created topics: " + String.join(", ", created));
            out.flush();
        }
        Installation installation = Installation.current();
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "run",
                                "-d",
                                "-m",
                                jobManager.address().toString(),
                                "-p",
                                String.valueOf(parallelism)));
        if (from != null) {
            arguments.addAll(List.of("-s", from));
            if (dropsUnusedState) {
                arguments.add("-n");
            }
        }
        arguments.add(installation.jobJar(job.name()).toString());
        settings.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
        FlinkClient client =
                jobManager.isElsewhere()
                        ? FlinkClient.elsewhere(installation)
                        : FlinkClient.of(installation, jobManager.directory());
        return client.run(arguments) == 0 ? ExitCode.OK : REJECTED;
    }

    private List<String> createMissingTopics(KafkaSettings kafka) throws InterruptedException {
        Map<String, Object> client = new HashMap<>();
        kafka.clientProperties().forEach((key, value) -> client.put((String) key, value));
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        client.put(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, BrokerOptions.ANSWERS_WITHIN_MS);
        try (Admin admin = Admin.create(client)) {
            return TopicCreator.createMissing(admin, job.account().topics(), partitions);
        }
    }

    private KafkaSettings checked() {
        List<String> faults = new ArrayList<>();
        if (parallelism < 1) {
            faults.add("--parallelism: got " + parallelism + ", expected 1 or more");
        }
        if (partitions < 1) {
            faults.add("--partitions: got " + partitions + ", expected 1 or more");
        }
        boolean saysWhere = settings.containsKey(KafkaOptions.BOOTSTRAP_SERVERS.key());
        if (!saysWhere && jobManager.isElsewhere()) {
            faults.add(
                    "--set "
                            + KafkaOptions.BOOTSTRAP_SERVERS.key()
                            + ": got nothing, expected host:port of the broker that goes with"
                            + " --jobmanager");
        } else if (!saysWhere) {
            settings.put(
                    KafkaOptions.BOOTSTRAP_SERVERS.key(),
                    ClusterDescription.of(jobManager.directory()).bootstrapServers());
        }
        if (from != null && !jobManager.isElsewhere()) {
            from = resolved("--from", from, faults);
        }
        KafkaSettings checked = null;
        try {
            checked = job.settings(Configuration.fromMap(settings)).kafka();
        } catch (InvalidSettingsException e) {
            e.faults().forEach(fault -> faults.add("--set " + fault));
        }
        if (!faults.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", faults));
        }
        return checked;
    }

    /**
     * Resolved here, because the JobManager has another working directory and reports a missing
     * file only in a stack trace.
     *
     * @param name of the argument, for a fault
     */
    static String resolved(String name, String given, List<String> faults) {
        URI uri = new org.apache.flink.core.fs.Path(given).toUri();
        if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
            return given;
        }
        Path directory = Path.of(uri.getPath()).toAbsolutePath().normalize();
        Path metadata = directory.resolve(AbstractFsCheckpointStorageAccess.METADATA_FILE_NAME);
        if (!Files.isRegularFile(metadata)) {
            faults.add(
                    name
                            + ": got '"
                            + given
                            + "', expected the directory of a savepoint or checkpoint; there is no "
                            + metadata);
        }
        return directory.toUri().toString();
    }

    /** Two instances of a job would write every alert twice. */
    private void requireNotRunning() {
        try (FlinkRest flink = new FlinkRest(jobManager.address())) {
            for (JobStatusMessage running : flink.running(job.name())) {
                throw new ClusterException(
                        job.name()
                                + " runs already as "
                                + running.getJobId()
                                + "; scripts/savepoint stop, or scripts/flink cancel, ends it");
            }
        }
    }
}
