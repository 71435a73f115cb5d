package io.atalaya.cli.cluster;

import io.atalaya.camera.CameraFrame;
import io.atalaya.camera.CameraFrameJson;
import io.atalaya.camera.DetectedObject;
import io.atalaya.device.Device;
import io.atalaya.device.DeviceJson;
import io.atalaya.device.Zone;
import io.atalaya.kafka.Topics;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cameras that look at yards where nobody may be, two frames a second each: one incident a camera,
 * for as long as somebody is there.
 */
final class WatchedYards implements AutoCloseable {
    private static final int CAMERAS = 8;
    private static final long FRAME_MS = 500;

    private final KafkaProducer<String, byte[]> producer;
    private final Thread filming = new Thread(this::film, "cameras");
    private volatile boolean somebodyIsThere;
    private volatile boolean closing;

    WatchedYards(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                        new StringSerializer(),
                        new ByteArraySerializer());
        for (String camera : cameras()) {
            send(Topics.DEVICES, camera, DeviceJson.write(device(camera)));
        }
        producer.flush();
        filming.start();
    }

    static Set<String> cameras() {
        return IntStream.range(0, CAMERAS)
                .mapToObj(each -> "YARD-" + each)
                .collect(Collectors.toSet());
    }

    /** Somebody comes into every yard, or leaves it. */
    void somebodyIsThere(boolean is) {
        somebodyIsThere = is;
    }

    private void film() {
        long number = 0;
        while (!closing) {
            for (String camera : cameras()) {
                send(Topics.CAMERA_FRAMES, camera, CameraFrameJson.write(frame(camera, number)));
            }
            number++;
            try {
                Thread.sleep(FRAME_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private CameraFrame frame(String camera, long number) {
        // A box that does not tremble is a frozen picture.
        double x = (somebodyIsThere ? 0.7 : 0.2) + number % 7 / 200.0;
        return new CameraFrame(
                camera,
                System.currentTimeMillis(),
                number,
                List.of(
                        new DetectedObject(
                                somebodyIsThere ? "in" : "out", "Human", 0.9, x, 0.5, 0.05, 0.2)));
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

    private void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key, value));
    }

    @Override
    public void close() {
        closing = true;
        try {
            filming.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
