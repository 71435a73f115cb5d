package io.atalaya.lab.demo;

import io.atalaya.bridge.receiver.Receiver.Received;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.DispatchJob;
import io.atalaya.dispatch.DispatchOptions;
import io.atalaya.embedded.FlinkConf;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.lab.demo.DemoSettings.Show;
import io.atalaya.lab.feed.RunningJob;
import io.atalaya.lab.platform.EmbeddedPlatform;
import io.atalaya.lab.platform.JobOverrides;
import io.atalaya.simulator.City;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.truth.GroundTruth;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs broker, cluster and jobs in this process on the traffic of a sample city, and prints the
 * alerts.
 */
final class Demo {
    private static final int PARTITIONS = 4;

    /**
     * Entries per millisecond, low enough that the list is generated and sent before the traffic
     * starts.
     */
    private static final int LISTED_A_MS = 20;

    /** The same for frames of the past, which {@link FeedThrottle} slows down. */
    private static final int FRAMES_A_MS = 3;

    private static final int FRAMES_A_MINUTE = 120;

    /** As in production: unlike a replay and tests, the demo does not wait for checkpoints. */
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    /** Half the shortest silence that a job notices, which keeps the checks of the feed few. */
    private static final int PARTS_OF_SILENCE = 2;

    /** For all edges of a job. */
    private static final MemorySize NETWORK_MEMORY_PER_SLOT = MemorySize.ofMebiBytes(48);

    private static final long READY_MS = 1_500;

    private static final long BULK_AFTER_MS = 15_000;

    /** How long the job still processes the load after the last entry was sent. */
    private static final long BULK_ECHO_MS = 5_000;

    private static final long QUIET_MS = 3_000;
    private static final long MAX_WAIT_MS = 20_000;
    private static final long HEARTBEAT_MS = 30_000;
    private static final long SUMMARY_WITHIN_SECONDS = 5;

    private final DemoSettings settings;
    private final List<JobDefinition<?>> jobs;
    private final Language language;
    private final Screen screen;
    private final Map<String, Device> devices;
    private final DemoResults scoreboard = new DemoResults();
    private final LiveChanges changes = new LiveChanges();
    private final IncidentPrinter incidents;
    private final ReceivedPrinter received;
    private final OutreachPrinter outreach;
    private final CountDownLatch summaryPrinted = new CountDownLatch(1);
    private final long startedAt = System.currentTimeMillis();
    private long bulkEndsAt;
    private long heartbeatAt;

    Demo(DemoSettings settings, PrintWriter out) {
        this.settings = settings;
        this.jobs = settings.jobs();
        this.language = settings.language();
        this.devices =
                SampleCity.devices(settings.city(startedAt)).stream()
                        .collect(Collectors.toMap(Device::deviceId, d -> d));
        this.incidents = new IncidentPrinter(language, AnsiColor.ofTerminal(), zone(devices));
        this.received = new ReceivedPrinter(language, AnsiColor.ofTerminal(), zone(devices));
        this.outreach = new OutreachPrinter(language, AnsiColor.ofTerminal(), zone(devices));
        this.screen =
                new Screen(
                        out,
                        new AlertPrinter(
                                language, AnsiColor.ofTerminal(), ZoneId.systemDefault(), devices),
                        language);
    }

    /** The time zone of the city, because an incident has none of its own. */
    private static ZoneId zone(Map<String, Device> devices) {
        return devices.values().stream()
                .map(Device::timezone)
                .filter(Objects::nonNull)
                .findFirst()
                .map(ZoneId::of)
                .orElse(ZoneId.systemDefault());
    }

    /**
     * Runs until the traffic ends or the command is stopped, and prints the summary.
     *
     * @throws IllegalStateException if the broker, the cluster or the job fails
     */
    void run() throws InterruptedException {
        step("Inicio el broker y el clúster en este proceso …", "Starting broker and cluster …");
        Configuration all = FlinkConf.local();
        all.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        all.set(
                TaskManagerOptions.NETWORK_MEMORY_MAX,
                NETWORK_MEMORY_PER_SLOT.multiply(settings.parallelism() * jobs.size()));
        Thread waitForSummary = new Thread(this::awaitSummary, "demo-summary");
        try (EmbeddedPlatform platform =
                EmbeddedPlatform.start(all, settings.parallelism() * jobs.size())) {
            Runtime.getRuntime().addShutdownHook(waitForSummary);
            try {
                run(platform);
            } catch (RuntimeException e) {
                // Failures caused by stopping broker and cluster are ignored.
                if (!platform.isInterrupted()) {
                    throw e;
                }
            } finally {
                summaryPrinted.countDown();
            }
        }
    }

    private void run(EmbeddedPlatform platform) throws InterruptedException {
        platform.kafka().createTopics(Topics.ALL, PARTITIONS);
        if (settings.hasConsole()) {
            try (ConsoleProcess console =
                    new ConsoleProcess(
                            Path.of(System.getProperty("atalaya.home")),
                            platform.kafka().bootstrapServers())) {
                run(platform, console);
            }
        } else {
            run(platform, null);
        }
    }

    /**
     * @param console null without one
     */
    private void run(EmbeddedPlatform platform, ConsoleProcess console)
            throws InterruptedException {
        step("Inicio los jobs …", "Starting the jobs …");
        List<RunningJob> running = new ArrayList<>();
        for (JobDefinition<?> job : jobs) {
            running.add(
                    platform.submit(
                            job,
                            JobOverrides.of(job, settings.overrides()),
                            job.name() + "-demo",
                            settings.parallelism(),
                            PARTS_OF_SILENCE));
        }
        long startTook = System.currentTimeMillis() - startedAt;
        URI web = platform.flink().webInterface();
        String names = running.stream().map(RunningJob::name).collect(Collectors.joining(", "));
        step("Corren " + names + "; su panel: " + web, names + " run; their panel: " + web);
        String brokers = platform.kafka().bootstrapServers();
        step(
                "El broker: %1$s. En otra terminal, mientras corre:\n"
                        + "           export ATALAYA_BOOTSTRAP_SERVERS=%1$s\n"
                        + "           scripts/hotlist show --entry-id %2$s\n"
                        + "           scripts/disposition ID_DE_ALERTA --outcome WRONG_PLATE",
                "The broker: %1$s. In another terminal, while it runs:\n"
                        + "           export ATALAYA_BOOTSTRAP_SERVERS=%1$s\n"
                        + "           scripts/hotlist show --entry-id %2$s\n"
                        + "           scripts/disposition ALERT_ID --outcome WRONG_PLATE",
                brokers,
                LiveChanges.FIRST);
        if (console != null) {
            present(console);
        }
        List<RunningJob> readPast = running.stream().filter(Demo::readsPast).toList();
        long start = System.currentTimeMillis() + READY_MS + pastTakes(readPast, startTook);
        City city = SampleCity.generate(settings.city(start));
        try (RecordPublisher publisher = RecordPublisher.live(brokers);
                RecordPublisher loader = RecordPublisher.bulk(brokers);
                CentreFeed centre =
                        new CentreFeed(
                                settings.seed(), start, settings.minutes(), policy(), publisher);
                OtherSystems systems = new OtherSystems(brokers, this::onReceived);
                OutputConsumer watch = new OutputConsumer(brokers, listener(centre, systems));
                BulkLoad bulk = new BulkLoad(city, loader, settings.bulk(), settings.bulkRate())) {
            Feed feed = new Feed(city, publisher, changes, () -> isLoading(bulk));
            step(
                    "Cada incidente va también a un sistema de despacho, por webhook. Verifica la"
                            + " auditoría:\n           scripts/audit verify --key-file %s --sent",
                    "Each incident also goes to a dispatch system, by webhook. Verify the audit:\n"
                            + "           scripts/audit verify --key-file %s --sent",
                    systems.publicKey());
            feed.sendPast(loader, readPast);
            sayIfLate(System.currentTimeMillis() - start);
            centre.start();
            step(
                    "%d arcos, %d cámaras, %,d altas en la lista. Tráfico: %s lecturas/s, %d min,"
                            + " semilla %d. Ctrl-C termina con el resumen.\n",
                    "%d arches, %d cameras, %,d list entries. Traffic: %s reads/s, %d min, seed %d."
                            + " Ctrl-C ends with the summary.\n",
                    devices.size() - settings.cameras(),
                    settings.cameras(),
                    loader.counts().getOrDefault(Topics.HOTLIST, 0L),
                    settings.rate(),
                    settings.minutes(),
                    settings.seed());
            try {
                feed.run(() -> everySecond(start, bulk, watch, centre, publisher, running));
                awaitQuiet(watch, systems);
            } catch (InterruptedException e) {
                screen.print(language.of("Detenido.", "Stopped."));
            } catch (RuntimeException e) {
                if (!platform.isInterrupted()) {
                    throw e;
                }
            }
            screen.print(summary(city, feed, sent(publisher, loader), watch, bulk).text(language));
            screen.print(systems.text(language));
        }
    }

    private void present(ConsoleProcess console) throws InterruptedException {
        String link = console.awaitLink();
        if (link == null) {
            step(
                    "La consola no arranca (--no-console la omite):\n%s",
                    "The console does not start (--no-console leaves it out):\n%s",
                    console.troubles());
        } else if (hasScreen()) {
            step(
                    "La consola, la pantalla de un centro de mando. Primera entrada, una sola vez:\n"
                            + "           %s",
                    "The console, the screen of a command centre. First login, once:\n"
                            + "           %s",
                    link);
        } else {
            step(
                    "La consola corre sin pantalla: falta Node 20.19 o más nuevo. Instálelo y ejecute"
                            + " scripts/build.",
                    "The console runs without a screen: Node 20.19 or newer is missing. Install it"
                            + " and run scripts/build.");
        }
    }

    private static boolean hasScreen() {
        return Files.exists(
                Path.of(System.getProperty("atalaya.home"), "console/web/dist/index.html"));
    }

    /** Empty if the command line names one, which says itself whom it trusts. */
    private Map<String, String> policy() {
        if (settings.overrides().containsKey(DispatchOptions.POLICY_DIRECTORY.key())) {
            return Map.of();
        }
        DispatchJob job = new DispatchJob();
        return job.settings(JobOverrides.of(job, settings.overrides())).policy();
    }

    /**
     * How long sending what lies before the traffic takes, ms: on a slow machine, too, because
     * traffic that is late comes at once.
     *
     * @param running jobs that read it, of which each step of the feed waits for a fetch
     * @param startTook time until the jobs ran, by which a slow machine shows
     */
    private long pastTakes(List<RunningJob> running, long startTook) {
        long list = settings.hotlistSize() / LISTED_A_MS;
        if (settings.cameras() == 0) {
            return list;
        }
        long frames = (long) settings.cameras() * DemoSettings.PAST_MINUTES * FRAMES_A_MINUTE;
        long fetches =
                running.stream().mapToLong(job -> steps(job) * fetchWait(job).toMillis()).sum();
        return list + fetches + Math.max(startTook, frames / FRAMES_A_MS);
    }

    private static long steps(RunningJob job) {
        return Duration.ofMinutes(DemoSettings.PAST_MINUTES).toMillis() / job.lead().toMillis();
    }

    private Duration fetchWait(RunningJob running) {
        return JobOverrides.of(running.job(), settings.overrides())
                .get(KafkaOptions.READS_FETCH_WAIT);
    }

    /** The past has nothing for a job that is clocked by arrivals. */
    private static boolean readsPast(RunningJob job) {
        return !job.isClockedByArrivals();
    }

    private void sayIfLate(long millis) {
        if (millis > READY_MS) {
            step(
                    "Preparar tardó %d s más de lo previsto: lo de ese tiempo llega de una vez.",
                    "Preparing took %d s longer than planned: what was due meanwhile comes at once.",
                    millis / 1000);
        }
    }

    private void onReceived(String system, Received message, long now) {
        if (settings.show() == Show.RECEIVER) {
            screen.show(() -> received.text(system, message, now), true, now);
        }
    }

    private OutputConsumer.Listener listener(CentreFeed centre, OtherSystems systems) {
        return new OutputConsumer.Listener() {
            @Override
            public void onAlert(Alert alert, long now) {
                Demo.this.onAlert(alert, now);
            }

            @Override
            public void onMessage(String site, DispatchMessage message, long now) {
                systems.onMessage(site, message.incident());
                centre.onMessage(site, message, now);
                show(incidents.onMessage(site, message), true, now);
            }

            @Override
            public void onDecision(Decision decision, long now) {
                show(incidents.onDecision(decision), false, now);
            }

            @Override
            public void onAnnouncement(Announcement announcement, long now) {
                synchronized (outreach) {
                    show(outreach.onAnnouncement(announcement), true, now);
                }
            }

            @Override
            public void onWall(Wall wall, long now) {
                show(outreach.onWall(wall), false, now);
            }

            @Override
            public void onTask(DroneTask task, long now) {
                centre.onTask(task);
                show(outreach.onTask(task), true, now);
            }

            @Override
            public void onPolicyAnswer(PolicyAnswer answer) {
                centre.onPolicyAnswer(answer);
            }
        };
    }

    private void show(String text, boolean mustShow, long now) {
        if (text != null && settings.show() == Show.CITY) {
            screen.show(() -> text, mustShow, now);
        }
    }

    private void onAlert(Alert alert, long now) {
        scoreboard.onAlert(alert, now);
        String entryId = alert.subject().entryId();
        boolean isShown = settings.show() == Show.CITY;
        if (entryId == null || !LiveChanges.isOurs(entryId)) {
            if (isShown) {
                screen.show(alert, now);
            }
        } else if (changes.onAlert(alert, now) && isShown) {
            screen.print(
                    language.of(
                            "— cambio en vivo de la lista, su primera alerta:",
                            "— live change of the list, its first alert:"));
            screen.show(alert, now);
        }
    }

    private void everySecond(
            long start,
            BulkLoad bulk,
            OutputConsumer watch,
            CentreFeed centre,
            RecordPublisher publisher,
            List<RunningJob> running) {
        watch.requireAlive();
        centre.requireAlive();
        bulk.requireAlive();
        running.forEach(Demo::requireRunning);
        long now = System.currentTimeMillis();
        synchronized (outreach) {
            show(outreach.lastAnnouncement(), true, now);
        }
        if (settings.bulk() > 0 && bulkEndsAt == 0 && now > start + BULK_AFTER_MS) {
            print(
                    "— carga de %,d altas, %,d por segundo, mientras pasan los vehículos",
                    "— loading %,d entries, %,d a second, while vehicles pass",
                    settings.bulk(),
                    settings.bulkRate());
            bulkEndsAt = Long.MAX_VALUE;
            bulk.start();
        }
        if (bulkEndsAt == Long.MAX_VALUE && !bulk.isRunning()) {
            bulkEndsAt = now + BULK_ECHO_MS;
            print("— carga enviada", "— load sent");
        }
        scoreboard.setLoading(isLoading(bulk));
        if (now >= heartbeatAt) {
            if (heartbeatAt > 0) {
                print(
                        "— %d s de %d: %,d lecturas, %,d alertas",
                        "— %d s of %d: %,d reads, %,d alerts",
                        (now - start) / 1000,
                        settings.minutes() * 60,
                        publisher.counts().getOrDefault(Topics.PLATE_READS, 0L),
                        scoreboard.counts().values().stream().mapToInt(n -> n).sum());
            }
            heartbeatAt = now + HEARTBEAT_MS;
        }
    }

    private boolean isLoading(BulkLoad bulk) {
        return bulkEndsAt > 0 && (bulk.isRunning() || System.currentTimeMillis() < bulkEndsAt);
    }

    private static void requireRunning(RunningJob job) {
        try {
            job.requireAlive();
        } catch (InterruptedException e) {
            // The next sleep of the feed throws InterruptedException.
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for alerts of the last reads and of past-read matching, and for their delivery. */
    private static void awaitQuiet(OutputConsumer watch, OtherSystems systems)
            throws InterruptedException {
        long from = System.currentTimeMillis();
        long now = from;
        while ((now - Math.max(from, watch.lastSeenAt()) < QUIET_MS || !systems.haveAll())
                && now - from < MAX_WAIT_MS) {
            Thread.sleep(100);
            now = System.currentTimeMillis();
        }
    }

    private static Map<String, Long> sent(RecordPublisher live, RecordPublisher bulk) {
        Map<String, Long> sent = new TreeMap<>(live.counts());
        bulk.counts().forEach((topic, count) -> sent.merge(topic, count, Long::sum));
        return sent;
    }

    private Summary summary(
            City city, Feed feed, Map<String, Long> sent, OutputConsumer watch, BulkLoad bulk) {
        GroundTruth truth = city.truth();
        Set<String> unsent = feed.unsentReads();
        long until = feed.sentUntil();
        Set<String> listed =
                truth.entries().stream()
                        .filter(entry -> entry.addedAt() <= until)
                        .map(GroundTruth.Entry::entryId)
                        .collect(Collectors.toSet());
        return new Summary(
                Math.max(0, until - city.options().start()) / 1000.0,
                sent,
                watch.deadLetters(),
                scoreboard.counts(),
                scoreboard.liveDelays(),
                scoreboard.liveDelaysWhileLoading(),
                scoreboard.retrospectiveDelays(),
                changes.delaysWhileIdle(),
                changes.delaysWhileLoading(),
                changes.unanswered(),
                bulk.sent(),
                scoreboard.figures(
                        truth,
                        passage ->
                                !unsent.contains(passage.readId())
                                        && listed.contains(passage.entryId()),
                        LiveChanges::isOurs));
    }

    private void awaitSummary() {
        try {
            summaryPrinted.await(SUMMARY_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(String es, String en, Object... values) {
        double seconds = (System.currentTimeMillis() - startedAt) / 1000.0;
        screen.print(
                language.format("[%4.1f s] ", "[%4.1f s] ", seconds)
                        + language.format(es, en, values));
    }

    private void print(String es, String en, Object... values) {
        screen.print(language.format(es, en, values));
    }
}
