package io.atalaya.console;

import io.atalaya.console.request.Json;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long an alert takes from its entry into the topic until a browser has it, with 200 sessions,
 * without and with a stranger who sends 1,000 requests a second. Arguments: seconds of each phase,
 * sessions, hostile requests a second, the repository, the file for the figures or nothing.
 */
final class HostileBench {
    private static final int MEASURED = 20;
    private static final double ALERTS_A_SECOND = 50;
    private static final long TARGET_MS = 1_000;

    /** What the server may keep under attack: half of what its process has. */
    private static final double MAX_HEAP_MB = 512;

    /** Of the requests that are to be sent, how many must have been. */
    private static final double SENT = 0.95;

    private static final Pattern KEPT = Pattern.compile("Total +\\d+ +(\\d+)");

    private final List<Browser.Events> measured = new ArrayList<>();
    private final List<CompletableFuture<?>> others = new ArrayList<>();
    private final KafkaProducer<String, byte[]> producer;
    private final Process server;
    private Browser first;

    /** What a phase has shown; times in milliseconds. */
    record Phase(
            String name,
            int alerts,
            int arrivals,
            int expected,
            long p50,
            long p99,
            long p999,
            int resyncs,
            long requestP99,
            double heapMb) {}

    /** All that was measured. */
    record Figures(
            int sessions,
            int streamsEnded,
            double heapBeforeMb,
            Phase calm,
            Phase attacked,
            double heapAfterMb,
            double hostileASecond,
            Map<String, Long> answers) {}

    private HostileBench(KafkaProducer<String, byte[]> producer, Process server) {
        this.producer = producer;
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        int seconds = Integer.parseInt(args[0]);
        int sessions = Integer.parseInt(args[1]);
        int rate = Integer.parseInt(args[2]);
        Path directory = Files.createTempDirectory("console-bench");
        int port = TestBroker.freePort();
        boolean isReached;
        try (TestBroker broker = new TestBroker(directory.resolve("kafka"), 0);
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", broker.address(), "linger.ms", 5),
                                new StringSerializer(),
                                new ByteArraySerializer())) {
            ProcessBuilder command =
                    new ProcessBuilder(
                            Path.of(args[3], "scripts/console").toString(),
                            "--bootstrap-servers",
                            broker.address(),
                            "--port",
                            Integer.toString(port),
                            "--data",
                            directory.resolve("data").toString(),
                            "--until-input-ends");
            command.environment().put("ATALAYA_BUILT", "yes");
            command.redirectError(ProcessBuilder.Redirect.INHERIT);
            Process server = command.start();
            try {
                HostileBench bench = new HostileBench(producer, server);
                Figures figures = bench.run(port, seconds, sessions, rate);
                print(figures);
                if (args.length > 4) {
                    Files.writeString(Path.of(args[4]), Json.text(figures) + "\n");
                }
                isReached = isReached(figures, rate);
            } finally {
                server.destroy();
                server.waitFor(20, TimeUnit.SECONDS);
            }
        }
        System.exit(isReached ? 0 : 1);
    }

    private Figures run(int port, int seconds, int sessions, int rate) throws Exception {
        String origin = "http://localhost:" + port;
        signIn(origin, sessions);
        phase("warming", seconds);
        double before = heapMb();
        Phase calm = phase("calm", seconds);
        Phase attacked;
        Map<String, Long> answers;
        double reached;
        try (Stranger stranger = new Stranger(port, rate)) {
            attacked = phase("attacked", seconds);
            reached = stranger.aSecond();
            answers = stranger.answers();
        }
        // By then the server has closed the connections that were left half-sent.
        TimeUnit.SECONDS.sleep(Stranger.HELD_SECONDS);
        int ended = (int) others.stream().filter(CompletableFuture::isDone).count();
        return new Figures(sessions, ended, before, calm, attacked, heapMb(), reached, answers);
    }

    private void signIn(String origin, int sessions) throws Exception {
        String token = null;
        BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        while (token == null) {
            String line = said.readLine();
            if (line == null) {
                throw new IOException("the console has not started");
            }
            if (line.startsWith("First login, valid once:")) {
                token = line.substring(line.indexOf('#') + 1);
            }
        }
        for (int i = 0; i < sessions; i++) {
            Browser browser = new Browser(origin);
            browser.get("/api/session");
            Browser.Answer answer =
                    i == 0
                            ? browser.post(
                                    "/api/first-login",
                                    Map.of(
                                            "token",
                                            token,
                                            "name",
                                            "boss",
                                            "password",
                                            RealConsole.PASSWORD))
                            : browser.post(
                                    "/api/login",
                                    Map.of("name", "boss", "password", RealConsole.PASSWORD));
            if (answer.status() != 200) {
                throw new IOException("session " + i + ": " + answer.status() + answer.body());
            }
            if (i == 0) {
                first = browser;
            }
            if (i < MEASURED) {
                measured.add(browser.stream(null));
                measured.get(i).await("event: hello");
            } else {
                others.add(browser.drainedStream());
            }
        }
    }

    private Phase phase(String name, int seconds) throws Exception {
        int count = (int) (seconds * ALERTS_A_SECOND);
        long start = System.currentTimeMillis();
        Random random = new Random(1);
        List<Long> requests = new ArrayList<>();
        Thread dispatcher = new Thread(() -> ask(requests), "dispatcher");
        dispatcher.start();
        double due = 0;
        for (int i = 0; i < count; i++) {
            String id = name + "-" + i;
            long now = System.currentTimeMillis();
            byte[] alert =
                    AlertCodec.write(
                            Samples.hit(
                                    id,
                                    now,
                                    "ARCH-1",
                                    "NKR" + i,
                                    "STOLEN_VEHICLE",
                                    60,
                                    false,
                                    List.of()));
            producer.send(new ProducerRecord<>(Topics.ALERTS, null, now, id, alert));
            // At random, as alerts come, and not in step with the batches.
            due += 1_000 / ALERTS_A_SECOND * random.nextExponential();
            Thread.sleep(Math.max(0, start + (long) due - System.currentTimeMillis()));
        }
        producer.flush();
        Thread.sleep(3_000);
        dispatcher.interrupt();
        dispatcher.join();
        List<Long> delays = new ArrayList<>();
        int resyncs = 0;
        for (Browser.Events stream : measured) {
            resyncs += stream.resyncs();
            stream.delays(StreamBench.ID)
                    .forEach(
                            (id, delay) -> {
                                if (id.startsWith(name + "-")) {
                                    delays.add(delay);
                                }
                            });
        }
        Collections.sort(delays);
        Collections.sort(requests);
        return new Phase(
                name,
                count,
                delays.size(),
                count * measured.size(),
                StreamBench.at(delays, 0.5),
                StreamBench.at(delays, 0.99),
                StreamBench.at(delays, 0.999),
                resyncs,
                StreamBench.at(requests, 0.99),
                heapMb());
    }

    /** A dispatcher's own request, five times a second, until interrupted. */
    private void ask(List<Long> took) {
        try {
            while (true) {
                Thread.sleep(200);
                long start = System.nanoTime();
                first.get("/api/session");
                took.add((System.nanoTime() - start) / 1_000_000);
            }
        } catch (InterruptedException | IllegalStateException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What the server keeps after a collection. One command collects and counts: under attack much
     * is allocated until a second one has started.
     */
    private double heapMb() throws IOException {
        Matcher kept = KEPT.matcher(jcmd("GC.class_histogram"));
        if (!kept.find()) {
            throw new IOException("jcmd says nothing of the heap");
        }
        return Long.parseLong(kept.group(1)) / 1024.0 / 1024.0;
    }

    private String jcmd(String command) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                                Long.toString(server.pid()),
                                command)
                        .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean isReached(Figures of, int rate) {
        return of.attacked.p99 < TARGET_MS
                && of.attacked.arrivals == of.attacked.expected
                && of.streamsEnded == 0
                && of.hostileASecond >= SENT * rate
                && of.attacked.heapMb <= MAX_HEAP_MB;
    }

    private static void print(Figures figures) {
        for (Phase each : List.of(figures.calm, figures.attacked)) {
            System.out.printf(
                    "%s: %d alerts, %d of %d arrivals, p50 %d ms, p99 %d ms, p99.9 %d ms,"
                            + " %d resyncs; a dispatcher's request p99 %d ms; heap %.1f MB%n",
                    each.name,
                    each.alerts,
                    each.arrivals,
                    each.expected,
                    each.p50,
                    each.p99,
                    each.p999,
                    each.resyncs,
                    each.requestP99,
                    each.heapMb);
        }
        System.out.printf(
                "%d sessions, %d streams ended; heap before %.1f MB, after %.1f MB;"
                        + " hostile requests: %.0f a second, answers %s%n",
                figures.sessions,
                figures.streamsEnded,
                figures.heapBeforeMb,
                figures.heapAfterMb,
                figures.hostileASecond,
                figures.answers);
    }
}
