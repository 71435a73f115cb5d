package io.atalaya.console;

import io.atalaya.console.account.Accounts;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * How long an alert takes from its entry into the topic until a browser has it, at 50 alerts a
 * second and for kidnappings in a storm of 20,000 within 10 s.
 */
final class StreamBench {
    private static final int BROWSERS = 10;
    static final Pattern ID = Pattern.compile("\"id\":\"alert:([a-z]+-[0-9]+)\"");

    private StreamBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("console-bench");
        try (TestBroker broker = new TestBroker(directory.resolve("kafka"), 0);
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", broker.address(), "linger.ms", 5),
                                new StringSerializer(),
                                new ByteArraySerializer())) {
            int port = TestBroker.freePort();
            var console =
                    Console.start(
                            "--server.port=" + port,
                            "--console.bootstrap-servers=" + broker.address(),
                            "--console.data=" + directory.resolve("data"));
            Browser browser = new Browser("http://localhost:" + port);
            browser.get("/api/session");
            browser.post(
                    "/api/first-login",
                    Map.of(
                            "token",
                            console.getBean(Accounts.class).firstToken(),
                            "name",
                            "boss",
                            "password",
                            RealConsole.PASSWORD));
            List<Browser.Events> streams = new ArrayList<>();
            for (int i = 0; i < BROWSERS; i++) {
                Browser each = new Browser("http://localhost:" + port);
                each.get("/api/session");
                each.post("/api/login", Map.of("name", "boss", "password", RealConsole.PASSWORD));
                streams.add(each.stream(null));
                streams.get(i).await("event: hello");
            }
            run(producer, streams, "warming-up", 500, 20, 0);
            run(producer, streams, "steady", 1_000, 20, 0);
            run(producer, streams, "storm", 20_000, 0, 1_000);
            console.close();
        }
        System.exit(0);
    }

    /** Sends so many, of which every n-th is a kidnapping; 0: measures all. */
    private static void run(
            KafkaProducer<String, byte[]> producer,
            List<Browser.Events> streams,
            String name,
            int count,
            int everyMs,
            int urgentEach)
            throws Exception {
        long cpu = cpu();
        long start = System.currentTimeMillis();
        Random random = new Random(1);
        double due = 0;
        for (int i = 0; i < count; i++) {
            boolean isUrgent = urgentEach > 0 && i % urgentEach == urgentEach / 2;
            String id = (isUrgent ? "urgent" : name) + "-" + i;
            Alert alert =
                    Samples.hit(
                            id,
                            System.currentTimeMillis(),
                            "ARCH-1",
                            "NKR" + i,
                            isUrgent ? "KIDNAPPING" : "STOLEN_VEHICLE",
                            isUrgent ? 100 : 60,
                            false,
                            List.of());
            producer.send(
                    new ProducerRecord<>(
                            Topics.ALERTS,
                            null,
                            System.currentTimeMillis(),
                            id,
                            AlertCodec.write(alert)));
            if (everyMs > 0) {
                // At random, as alerts come, and not in step with the batches.
                due += everyMs * random.nextExponential();
                Thread.sleep(Math.max(0, start + (long) due - System.currentTimeMillis()));
            } else if (i % 20 == 19) {
                Thread.sleep(10);
            }
        }
        producer.flush();
        long sent = System.currentTimeMillis();
        Thread.sleep(3_000);
        List<Long> delays = new ArrayList<>();
        int resyncs = 0;
        for (Browser.Events stream : streams) {
            resyncs += stream.resyncs();
            for (Map.Entry<String, Long> each : stream.delays(ID).entrySet()) {
                if (each.getKey().startsWith(urgentEach > 0 ? "urgent" : name)) {
                    delays.add(each.getValue());
                }
            }
        }
        Collections.sort(delays);
        System.out.printf(
                "%s: %d alerts in %.1f s, %d arrivals measured in %d browsers, p50 %d ms, p99 %d ms,"
                        + " max %d ms, %d resyncs, %.1f s of processor time in all%n",
                name,
                count,
                (sent - start) / 1000.0,
                delays.size(),
                streams.size(),
                at(delays, 0.5),
                at(delays, 0.99),
                at(delays, 1),
                resyncs,
                (cpu() - cpu) / 1e9);
    }

    static long at(List<Long> sorted, double share) {
        return sorted.isEmpty()
                ? -1
                : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
