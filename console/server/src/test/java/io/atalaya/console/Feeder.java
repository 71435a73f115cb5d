package io.atalaya.console;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends invented records for the browser tests as the jobs would, also past a broker that is away.
 * Argument: the broker. Each line of the input is a command, and each is answered by a line:
 *
 * <ul>
 *   <li>{@code devices COUNT}
 *   <li>{@code alerts NAME COUNT A_SECOND URGENT_EACH}: the ids are NAME-n-MILLISECONDS with the
 *       time at which it was sent; every URGENT_EACH-th is a kidnapping,
 *       urgent-NAME-n-MILLISECONDS. Where COUNT is 0, until the next line comes. The answer has the
 *       number of alerts
 *   <li>{@code turnover NAME COUNT A_SECOND KEPT}: the same without kidnappings; only the last KEPT
 *       stay open, the others end
 *   <li>{@code answers}: the dispositions in the topic, ALERT_ID=OUTCOME
 * </ul>
 */
final class Feeder {
    private static final int KIDNAPPING = 100;
    private static final int STOLEN = 60;

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    private final String broker;
    private final KafkaProducer<String, byte[]> producer;
    private final Deque<Alert> open = new ArrayDeque<>();
    private int devices;

    private Feeder(String broker) {
        this.broker = broker;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker,
                                "delivery.timeout.ms",
                                300_000,
                                "max.block.ms",
                                300_000,
                                "reconnect.backoff.max.ms",
                                500),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    public static void main(String[] args) throws Exception {
        Feeder feeder = new Feeder(args[0]);
        for (String line = feeder.in.readLine(); line != null; line = feeder.in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "devices" -> feeder.devices(Integer.parseInt(words[1]));
                case "alerts" ->
                        feeder.alerts(
                                words[1],
                                Integer.parseInt(words[2]),
                                Double.parseDouble(words[3]),
                                Integer.parseInt(words[4]),
                                Integer.MAX_VALUE);
                case "turnover" ->
                        feeder.alerts(
                                words[1],
                                Integer.parseInt(words[2]),
                                Double.parseDouble(words[3]),
                                0,
                                Integer.parseInt(words[4]));
                case "markup" -> feeder.markup();
                case "stop" -> {}
                case "answers" -> System.out.println("answers " + feeder.answers());
                default -> throw new IllegalArgumentException(line);
            }
        }
        System.exit(0);
    }

    private void devices(int count) {
        Random random = new Random(1);
        Device.Kind[] kinds = Device.Kind.values();
        for (int i = 0; i < count; i++) {
            Device device =
                    Samples.device(
                            "ARCH-" + i,
                            kinds[i % kinds.length],
                            19.0 + random.nextDouble(),
                            -99.9 + random.nextDouble());
            send(Topics.DEVICES, device.deviceId(), Device.CODEC.write(device));
        }
        producer.flush();
        devices = count;
        System.out.println("done devices");
    }

    private void alerts(String name, int count, double aSecond, int urgentEach, int kept)
            throws IOException {
        long start = System.nanoTime();
        int i = 0;
        for (; count == 0 ? !in.ready() : i < count; i++) {
            long due = start + (long) (i * 1e9 / aSecond);
            LockSupport.parkNanos(due - System.nanoTime());
            boolean isUrgent = urgentEach > 0 && i % urgentEach == urgentEach / 2;
            long now = System.currentTimeMillis();
            String id = (isUrgent ? "urgent-" : "") + name + "-" + i + "-" + now;
            Alert alert =
                    Samples.hit(
                            id,
                            now,
                            "ARCH-" + i % Math.max(1, devices),
                            "NKR48" + i,
                            isUrgent ? "KIDNAPPING" : "STOLEN_VEHICLE",
                            isUrgent ? KIDNAPPING : STOLEN,
                            false,
                            List.of());
            send(Topics.ALERTS, id, AlertCodec.write(alert));
            if (kept == Integer.MAX_VALUE) {
                continue;
            }
            open.add(alert);
            if (open.size() > kept) {
                Alert first = open.remove();
                send(
                        Topics.ALERTS,
                        first.alertId(),
                        AlertCodec.write(first.ended(now).following(first.revision(), false)));
            }
        }
        producer.flush();
        System.out.println("done " + name + " " + i);
    }

    /** An alert whose texts a careless page would run. */
    private void markup() {
        long now = System.currentTimeMillis();
        Alert alert =
                Samples.hit(
                        "markup-" + now,
                        now,
                        "ARCH-0",
                        "NKR4899",
                        "<img src=x onerror=alert(1)>",
                        KIDNAPPING,
                        false,
                        List.of());
        send(Topics.ALERTS, alert.alertId(), AlertCodec.write(alert));
        producer.flush();
        System.out.println("done markup");
    }

    private void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value));
    }

    private String answers() throws Exception {
        StringBuilder found = new StringBuilder();
        for (var record : TestBroker.records(broker, Topics.DISPOSITIONS)) {
            Disposition said = Disposition.CODEC.read(record.value());
            found.append(said.alertId()).append('=').append(said.outcome()).append(' ');
        }
        return found.toString().trim();
    }
}
