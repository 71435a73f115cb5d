package io.atalaya.bench.video;

import io.atalaya.bench.measure.Delays;
import io.atalaya.bench.recording.Publisher;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A steady feed to a running job. Occasional zone intrusions, which need no warm-up, give the
 * delay: from the due time of the frame that makes the intrusion certain until its alert is read,
 * so that a stalled feeder is included.
 */
final class SteadyFeed implements AutoCloseable {
    private static final long LEAD_MS = 3_000;
    private static final long ANSWERS_WITHIN_MS = 5_000;
    private static final long MILLIS = 1_000;
    private static final long HIGHEST_US = 600_000_000;
    private static final int DIGITS = 3;

    private final String bootstrapServers;
    private final KafkaConsumer<byte[], byte[]> alerts;
    private final Thread reader = new Thread(this::read, "bench-alerts");
    private final Histogram micros = new Histogram(HIGHEST_US, DIGITS);
    private final Set<String> answered = new HashSet<>();
    private volatile long measuredFrom = Long.MAX_VALUE;
    private volatile RuntimeException failure;

    SteadyFeed(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        alerts =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", 5),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(Topics.ALERTS, 0);
        alerts.assign(List.of(partition));
        alerts.seekToEnd(List.of(partition));
        alerts.position(partition);
    }

    /** Feeds for the warm-up and the measured time, and waits for the last alerts. */
    Delays run(CityFilm film, Intrusions intrusions) throws InterruptedException {
        reader.start();
        long start = System.currentTimeMillis() + LEAD_MS;
        measuredFrom = start + Intrusions.WARM_SECONDS * MILLIS;
        int cameras = intrusions.cameras();
        try (Publisher publisher = Publisher.live(bootstrapServers)) {
            for (long n = 0; n < intrusions.frames(); n++) {
                int camera = (int) (n % cameras);
                int number = (int) (n / cameras);
                long due = start + (long) (n * MILLIS / intrusions.framesPerSecond());
                long early = due - System.currentTimeMillis();
                if (early > 0) {
                    Thread.sleep(early);
                }
                boolean intruder = intrusions.isInside(camera, number);
                publisher.publish(film.frame(camera, number, due, intruder));
            }
        }
        Thread.sleep(ANSWERS_WITHIN_MS);
        close();
        return Delays.of(micros, Math.max(0, intrusions.entered() - micros.getTotalCount()));
    }

    private void read() {
        try {
            while (true) {
                for (var record : alerts.poll(Duration.ofMillis(50))) {
                    note(AlertCodec.read(record.value(), record.timestamp()));
                }
            }
        } catch (WakeupException stopped) {
            // Woken up by close.
        } catch (InvalidRecordException e) {
            failure = new IllegalStateException("an alert of the job's own", e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void note(Alert alert) {
        if (alert.type() == AlertType.ZONE_INTRUSION
                && alert.causedAt() >= measuredFrom
                && answered.add(alert.alertId())) {
            long delay = (System.currentTimeMillis() - alert.causedAt()) * MILLIS;
            micros.recordValue(Math.max(0, Math.min(delay, HIGHEST_US)));
        }
    }

    @Override
    public void close() {
        if (!reader.isAlive()) {
            return;
        }
        alerts.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        alerts.close();
        if (failure != null) {
            throw failure;
        }
    }
}
