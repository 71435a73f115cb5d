package io.atalaya.ops.cluster;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Zone;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Simulates cameras over yards that are restricted zones, with two frames per second each. People
 * visit the yards in turn, and each visit causes one alert that ends. The truth is the list of
 * visits with their times.
 */
final class WatchedYards implements AutoCloseable {
    private static final int CAMERAS = 10;
    private static final long FRAME_MS = 500;

    /** A visit lasts for 4 s. */
    private static final int VISIT_FRAMES = 8;

    /** The zone is empty for 16 s before the next visit; its alert ends after 8 s. */
    private static final int CYCLE_FRAMES = 40;

    private final KafkaProducer<String, byte[]> producer;
    private final Thread filming = new Thread(this::film, "cameras");

    /** By trackId. */
    private final Map<String, Visit> visits = new ConcurrentSkipListMap<>();

    private volatile boolean open;
    private volatile boolean closing;
    private volatile Exception lost;

    /**
     * A visit of a person to a yard.
     *
     * @param from time of the first frame with the person, epoch ms
     * @param to time of the last frame with the person, epoch ms
     */
    record Visit(String camera, long from, long to) {}

    WatchedYards(String bootstrapServers) {
        this(
                Map.of("bootstrap.servers", bootstrapServers),
                Map.of("bootstrap.servers", bootstrapServers));
    }

    /**
     * @param registry settings of the client that registers the cameras
     * @param feeder settings of the client that sends frames
     */
    WatchedYards(Map<String, Object> registry, Map<String, Object> feeder) {
        producer = producer(feeder);
        try (KafkaProducer<String, byte[]> devices = producer(registry)) {
            for (int each = 0; each < CAMERAS; each++) {
                send(
                        devices,
                        Topics.DEVICES,
                        camera(each),
                        Device.CODEC.write(device(camera(each))));
            }
        }
        filming.start();
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        // Otherwise the client waits at each frame while the broker is unreachable.
        settings.put("metadata.recovery.strategy", "none");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Starts visits, one every two seconds, until {@link #rest}. */
    void visit() {
        open = true;
    }

    /** Stops new visits; people in a yard leave it in time. */
    void rest() {
        open = false;
    }

    /** Returns every visit so far, by its trackId. */
    Map<String, Visit> visits() {
        return Map.copyOf(visits);
    }

    /**
     * @throws AssertionError if the broker did not take a frame
     */
    void requireAllSent() {
        producer.flush();
        if (lost != null) {
            throw new AssertionError("the broker did not take a frame", lost);
        }
    }

    private void film() {
        long start = System.currentTimeMillis();
        for (long number = 0; !closing; number++) {
            // While the broker is unreachable, frames arrive late, but their device times stay
            // even.
            long now = start + number * FRAME_MS;
            for (int each = 0; each < CAMERAS; each++) {
                long turn = number + (long) each * CYCLE_FRAMES / CAMERAS;
                String visitor = visitor(each, turn, now);
                CameraFrame frame =
                        new CameraFrame(
                                camera(each),
                                now,
                                number,
                                visitor == null ? List.of() : List.of(person(visitor, number)));
                send(producer, Topics.CAMERA_FRAMES, camera(each), CameraFrameCodec.write(frame));
            }
            try {
                Thread.sleep(Math.max(0, now + FRAME_MS - System.currentTimeMillis()));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Returns the trackId of the person in the camera's yard, or null. */
    private String visitor(int camera, long turn, long now) {
        String trackId = "V-" + camera + "-" + turn / CYCLE_FRAMES;
        long frame = turn % CYCLE_FRAMES;
        if (frame == 0 && open) {
            visits.put(trackId, new Visit(camera(camera), now, now));
        } else if (frame < VISIT_FRAMES) {
            visits.computeIfPresent(
                    trackId, (id, visit) -> new Visit(visit.camera(), visit.from(), now));
        }
        return frame < VISIT_FRAMES && visits.containsKey(trackId) ? trackId : null;
    }

    private static DetectedObject person(String trackId, long number) {
        // The box moves slightly, because a motionless box counts as a frozen image.
        return new DetectedObject(trackId, "Human", 0.9, 0.7 + number % 7 / 200.0, 0.5, 0.05, 0.2);
    }

    private static String camera(int number) {
        return "YARD-" + number;
    }

    private static Device device(String camera) {
        Zone yard =
                new Zone(
                        "yard",
                        Zone.Kind.RESTRICTED,
                        List.of(
                                new Zone.Point(0.5f, 0),
                                new Zone.Point(1, 0),
                                new Zone.Point(1, 1),
                                new Zone.Point(0.5f, 1)));
        return new Device(
                camera,
                Device.Kind.CAMERA,
                "TOLUCA",
                null,
                19.25,
                -99.6,
                null,
                null,
                2.0,
                null,
                List.of(yard));
    }

    private void send(
            KafkaProducer<String, byte[]> sender, String topic, String key, byte[] value) {
        sender.send(
                new ProducerRecord<>(topic, key, value),
                (metadata, failure) -> {
                    if (failure != null) {
                        lost = failure;
                    }
                });
    }

    @Override
    public void close() {
        closing = true;
        try {
            filming.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
