package io.atalaya.ops.cluster;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.ops.broker.TopicScan;
import io.atalaya.ops.cluster.Script.Result;
import io.atalaya.testutils.SecuredKafka;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs both jobs and every tool on a broker with TLS, SCRAM and access control, and searches for
 * secrets.
 */
final class SecuredJobs implements AutoCloseable {
    private static final String AUTHENTICATION_FAILED =
            "Authentication failed during authentication due to invalid credentials with SASL"
                    + " mechanism SCRAM-SHA-512";
    private static final String NO_GRANT =
            "TopicAuthorizationException: Topic authorization failed";

    private final List<Alert> alerts = new ArrayList<>();
    private final StartedCluster cluster;
    private final Path parent;
    private final SecuredKafka kafka;
    private final SecretSearch search;

    /**
     * Starts the broker.
     *
     * @param cluster without jobs
     * @param parent of the broker's directory
     */
    SecuredJobs(StartedCluster cluster, Path parent) throws Exception {
        this.cluster = cluster;
        this.parent = parent;
        Path directory = Files.createDirectory(parent.resolve("kafka"));
        kafka = new SecuredKafka(directory, 4);
        search = new SecretSearch(kafka.mark(), List.of(directory.toString(), "flink_", "PATH="));
    }

    @Override
    public void close() {
        search.close();
        kafka.close();
    }

    void workWithTheirAccountsAndShowNoSecret() throws Exception {
        aWrongPasswordIsNamed();
        theAccountOfTheOtherJobIsRejected();
        JobID hotlistMatch = submit(Account.HOTLIST_MATCH);
        JobID videoAnalytics =
                submit(Account.VIDEO_ANALYTICS, "--set", "sink.guarantee=EXACTLY_ONCE");
        try (WatchedYards yards =
                        new WatchedYards(
                                kafka.client(Account.DEVICE_REGISTRY),
                                kafka.client(Account.FRAME_FEEDER));
                KafkaProducer<String, byte[]> feeder = feeder();
                KafkaConsumer<String, byte[]> reader = alertReader()) {
            yards.visit();
            aListedVehicleIsAlerted(feeder, reader);
            itsDispositionReachesTheJob();
            aModelVersionIsAccepted();
            aRejectedReadReachesTheOperator(feeder);
            awaitAlert("of a camera", reader, alert -> alert.type().isCamera());
            ok(searched(cluster.runHere("savepoint", "take", Account.HOTLIST_MATCH.id())));

            newPasswordsAreTakenAtTheNextRestart(feeder, reader);
        }
        assertThat(cluster.runs(hotlistMatch)).isTrue();
        assertThat(cluster.runs(videoAnalytics)).isTrue();
        noSecretIsShown();
        // While their broker is there: without it tasks take long to end.
        cluster.cancelJobs();
    }

    private void aWrongPasswordIsNamed() throws Exception {
        isRejected(
                Account.VIDEO_ANALYTICS,
                kafka.fileWithWrongPassword(Account.VIDEO_ANALYTICS),
                AUTHENTICATION_FAILED,
                AUTHENTICATION_FAILED);
    }

    private void theAccountOfTheOtherJobIsRejected() throws Exception {
        isRejected(
                Account.VIDEO_ANALYTICS,
                kafka.file(Account.HOTLIST_MATCH),
                "camera-frames, model-control, model-answers: no such topic, or no grant for it",
                NO_GRANT);
        isRejected(
                Account.HOTLIST_MATCH,
                kafka.file(Account.VIDEO_ANALYTICS),
                "plate-reads, rfid-reads, hotlist, dispositions: no such topic, or no grant for it",
                NO_GRANT);
    }

    /**
     * {@code scripts/submit} rejects the file before it submits; when Flink's client submits the
     * job, the job rejects it.
     */
    private void isRejected(Account job, Path file, String before, String inJob) throws Exception {
        Map<String, String> settings =
                Map.of(
                        KafkaOptions.BOOTSTRAP_SERVERS.key(),
                        kafka.bootstrapServers(),
                        KafkaOptions.PROPERTIES_FILE.key(),
                        file.toString());
        List<String> arguments = new ArrayList<>(List.of(job.id()));
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        Result rejected = searched(cluster.runHere("submit", arguments.toArray(String[]::new)));
        assertThat(rejected.code()).isEqualTo(2);
        assertThat(rejected.err())
                .contains(
                        "Nothing submitted: no use of the broker at " + kafka.bootstrapServers(),
                        before);

        JobID submitted = cluster.submitStreamGraph(job.id(), settings);
        StartedCluster.await(
                "its failure",
                () -> cluster.flink().getJobStatus(submitted).get() == JobStatus.FAILED);
        assertThat(rest("/jobs/" + submitted + "/exceptions")).contains(inJob);
    }

    private String rest(String page) throws IOException {
        URI uri = URI.create("http://localhost:" + cluster.description().webPort() + page);
        try (InputStream in = uri.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private JobID submit(Account account, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                account.id(),
                                "--parallelism",
                                "1",
                                "--set",
                                "kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                                "--set",
                                "kafka.properties-file=" + kafka.file(account),
                                "--set",
                                StartedCluster.READS_FETCH_WAIT));
        arguments.addAll(List.of(more));
        return cluster.started(script(Map.of(), "submit", arguments.toArray(String[]::new)));
    }

    private void aListedVehicleIsAlerted(
            KafkaProducer<String, byte[]> feeder, KafkaConsumer<String, byte[]> reader)
            throws Exception {
        Path list =
                Files.writeString(
                        parent.resolve("list.csv"),
                        "entryId,placa,motivo,carpeta\n"
                                + "E-1,NKR-48-16,ROBADO,C-1\n"
                                + "E-2,PLV-53-27,ROBADO,C-2\n");
        // The only tool that runs as a script, with the broker and the account in its environment.
        ok(
                script(
                        Map.of(
                                "ATALAYA_BOOTSTRAP_SERVERS",
                                kafka.bootstrapServers(),
                                "ATALAYA_KAFKA_PROPERTIES",
                                kafka.file(Account.HOTLIST).toString()),
                        "hotlist",
                        "load",
                        list.toString(),
                        "--agency",
                        "FGJEM",
                        "--source",
                        "daily"));
        pass(feeder, "NKR-48-16");
        awaitAlert("of the listed vehicle", reader, alert -> isAbout("E-1", alert));
    }

    private static boolean isAbout(String entryId, Alert alert) {
        return entryId.equals(alert.subject().entryId());
    }

    private static void pass(KafkaProducer<String, byte[]> feeder, String plate) throws Exception {
        PlateRead read =
                new PlateRead(
                        "R-" + plate,
                        "ARCH-1",
                        null,
                        System.currentTimeMillis(),
                        plate,
                        0.97,
                        List.of(),
                        "MX",
                        "MEX",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false);
        feeder.send(new ProducerRecord<>(Topics.PLATE_READS, "ARCH-1", PlateReadCodec.write(read)))
                .get();
    }

    /** The job commits the offsets of the dispositions that it has read under its group. */
    private void itsDispositionReachesTheJob() throws Exception {
        String alertId =
                alerts.stream().filter(each -> isAbout("E-1", each)).findAny().get().alertId();
        tool(Account.DISPOSITION, "disposition", alertId, "--outcome", "CORRECT");
        try (Admin admin = Admin.create(kafka.administrator())) {
            StartedCluster.await(
                    "the job's progress on dispositions",
                    () ->
                            admin
                                    .listConsumerGroupOffsets(Account.HOTLIST_MATCH.id())
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .entrySet()
                                    .stream()
                                    .filter(
                                            each ->
                                                    each.getKey()
                                                            .topic()
                                                            .equals(Topics.DISPOSITIONS))
                                    .anyMatch(each -> each.getValue().offset() == 1));
        }
    }

    private void aModelVersionIsAccepted() throws Exception {
        tool(Account.MODEL, "model", "activate", "trajectory", "1");
        StartedCluster.await(
                "the job's answer", () -> !records(Account.MODEL, Topics.MODEL_ANSWERS).isEmpty());
        assertThat(
                        tool(
                                        Account.MODEL,
                                        "model",
                                        "list",
                                        "--models",
                                        Script.HOME.resolve("models").toString())
                                .out())
                .contains("accepted");
    }

    private void aRejectedReadReachesTheOperator(KafkaProducer<String, byte[]> feeder)
            throws Exception {
        byte[] broken = "{".getBytes(StandardCharsets.UTF_8);
        feeder.send(new ProducerRecord<>(Topics.PLATE_READS, "ARCH-1", broken)).get();
        StartedCluster.await(
                "the dead letter",
                () ->
                        records(Account.DEAD_LETTER_READER, Topics.DEAD_LETTER).stream()
                                .anyMatch(each -> Arrays.equals(each.value(), broken)));
    }

    private List<ConsumerRecord<String, byte[]>> records(Account account, String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        TopicScan.of(kafka.client(account), topic, records::add);
        return records;
    }

    /**
     * Restarts the jobs without a new submission. Meanwhile Kafka's clients log at DEBUG, because
     * they log most there.
     */
    private void newPasswordsAreTakenAtTheNextRestart(
            KafkaProducer<String, byte[]> feeder, KafkaConsumer<String, byte[]> reader)
            throws Exception {
        Path logging = cluster.directory().conf().resolve("log4j.properties");
        String quiet = "logger.kafka.level = WARN";
        assertThat(logging).content().contains(quiet);
        Files.writeString(
                logging, Files.readString(logging).replace(quiet, "logger.kafka.level = DEBUG"));
        kafka.changePasswords(Account.HOTLIST_MATCH, Account.VIDEO_ANALYTICS);
        for (int each = 1; each <= StartedCluster.TASK_MANAGERS; each++) {
            cluster.mark(ClusterProcesses.taskManager(each))
                    .process()
                    .orElseThrow()
                    .destroyForcibly();
        }
        long killed = System.currentTimeMillis();
        pass(feeder, "PLV-53-27");
        awaitAlert("of a vehicle after the kill", reader, alert -> isAbout("E-2", alert));
        awaitAlert(
                "of a camera after the kill",
                reader,
                alert -> alert.type().isCamera() && alert.lifecycle().startedAt() > killed);
    }

    private void noSecretIsShown() throws Exception {
        search.files(cluster.directory().root());
        search.rest(cluster.description().webPort());
        for (int each = 0; each <= StartedCluster.TASK_MANAGERS; each++) {
            search.text("metrics", Scrape.of(cluster.description().metricsPort(each)).text());
        }
        for (ProcessMark mark : ProcessMark.in(cluster.directory())) {
            search.environment(mark.pid());
        }

        assertThat(search.places()).isEmpty();
        assertThat(search.evidence())
                .contains("arguments of a process", "environment of a process", "metrics")
                .anyMatch(place -> place.matches("logs/taskmanager-\\d[.]log([.]\\d+)?"))
                .anyMatch(place -> place.startsWith("ha/"))
                .anyMatch(place -> place.matches("GET /taskmanagers/.*/logs?(/taskmanager-.*)?"));
        assertThat(isLogged("sasl.jaas.config = [hidden]")).isTrue();
    }

    /**
     * Reads all logs, because after the kill both jobs can run on one TaskManager, and its log can
     * have been rolled.
     */
    private boolean isLogged(String text) throws IOException {
        try (Stream<Path> logs = Files.list(cluster.directory().logs())) {
            for (Path log : (Iterable<Path>) logs::iterator) {
                if (log.getFileName().toString().startsWith("taskmanager-")) {
                    try (Stream<String> lines = Files.lines(log)) {
                        if (lines.anyMatch(line -> line.contains(text))) {
                            return true;
                        }
                    }
                }
            }
            return false;
        }
    }

    private KafkaProducer<String, byte[]> feeder() {
        return new KafkaProducer<>(
                kafka.client(Account.READ_FEEDER),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private KafkaConsumer<String, byte[]> alertReader() {
        Map<String, Object> client = new HashMap<>(kafka.client(Account.ALERT_READER));
        client.put(ConsumerConfig.GROUP_ID_CONFIG, Account.ALERT_READER.id());
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        KafkaConsumer<String, byte[]> reader =
                new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer());
        reader.subscribe(List.of(Topics.ALERTS));
        return reader;
    }

    private void awaitAlert(
            String which, KafkaConsumer<String, byte[]> reader, Predicate<Alert> wanted)
            throws Exception {
        StartedCluster.await(
                "an alert " + which,
                () -> {
                    for (ConsumerRecord<String, byte[]> each :
                            reader.poll(Duration.ofMillis(100))) {
                        alerts.add(AlertCodec.read(each.value(), each.timestamp()));
                    }
                    return alerts.stream().anyMatch(wanted);
                });
    }

    private Result tool(Account account, String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of(
                        "--bootstrap-servers",
                        kafka.bootstrapServers(),
                        "--kafka-properties",
                        kafka.file(account).toString()));
        return ok(searched(Script.runHere(name, all.toArray(String[]::new))));
    }

    private Result script(Map<String, String> environment, String name, String... arguments)
            throws Exception {
        return searched(cluster.scripts().run(environment, name, arguments));
    }

    private Result searched(Result result) {
        search.text("output of a script", result.out() + result.err());
        return result;
    }

    private Result ok(Result result) {
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        return result;
    }
}
