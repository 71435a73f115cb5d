package io.atalaya.ops.cluster;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import javax.imageio.ImageIO;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Sends vehicles that are all listed and pass once each, so that each causes one alert. The truth
 * is the set of sent records and their times.
 */
final class ListedTraffic implements AutoCloseable {
    private static final int DEVICES = 5;

    /** The letters of Mexican plates. */
    private static final String LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

    private static final String IMAGE = blankImage();

    private final KafkaProducer<String, byte[]> producer;

    /** The passage time of each vehicle, by entryId. */
    private final Map<String, Long> sent = new ConcurrentSkipListMap<>();

    private Thread driver;
    private volatile boolean driving;
    private volatile Exception lost;
    private int next;

    ListedTraffic(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    /**
     * Registers the arches and lists every vehicle that can pass.
     *
     * @param vehicles more than will pass, and at most 10,000, because there are plates for only so
     *     many
     */
    void list(int vehicles) {
        for (int each = 0; each < DEVICES; each++) {
            Device arch =
                    new Device(
                            device(each),
                            Device.Kind.ARCH,
                            "TOLUCA",
                            null,
                            19.25 + each / 10.0,
                            -99.6,
                            null,
                            null,
                            null,
                            null);
            send(Topics.DEVICES, arch.deviceId(), Device.CODEC.write(arch));
        }
        for (int each = 0; each < vehicles; each++) {
            send(Topics.HOTLIST, entryId(each), HotlistEntryCodec.write(entry(each)));
        }
        producer.flush();
    }

    /** Lets the next vehicle pass. */
    String pass() {
        return pass("MEX", 0.97, null);
    }

    /** Lets the next vehicle pass with a doubtful read and an image that contains no plate. */
    String passWithImage() {
        return pass(null, 0.6, IMAGE);
    }

    private synchronized String pass(String state, double confidence, String image) {
        int vehicle = next++;
        long now = System.currentTimeMillis();
        String entryId = entryId(vehicle);
        sent.put(entryId, now);
        send(
                Topics.PLATE_READS,
                device(vehicle),
                PlateReadCodec.write(
                        new PlateRead(
                                "R-" + vehicle,
                                device(vehicle),
                                null,
                                now,
                                plate(vehicle),
                                confidence,
                                List.of(),
                                "MX",
                                state,
                                null,
                                null,
                                null,
                                image,
                                null,
                                null,
                                false)));
        producer.flush();
        return entryId;
    }

    /** Lets this many vehicles pass per second until {@link #rest}. */
    void drive(int vehiclesPerSecond) {
        driving = true;
        driver =
                new Thread(
                        () -> {
                            while (driving) {
                                pass();
                                try {
                                    Thread.sleep(1_000 / vehiclesPerSecond);
                                } catch (InterruptedException e) {
                                    return;
                                }
                            }
                        },
                        "traffic");
        driver.start();
    }

    void rest() {
        driving = false;
        try {
            if (driver != null) {
                driver.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Set<String> sentEntries() {
        return Set.copyOf(sent.keySet());
    }

    /** Returns the time at which the entry's vehicle passed. */
    long passedAt(String entryId) {
        return sent.get(entryId);
    }

    /**
     * @throws AssertionError if the broker did not take a record
     */
    void requireAllSent() {
        producer.flush();
        if (lost != null) {
            throw new AssertionError("the broker did not take a record", lost);
        }
    }

    @Override
    public void close() {
        rest();
        producer.close();
    }

    private void send(String topic, String key, byte[] value) {
        producer.send(
                new ProducerRecord<>(topic, key, value),
                (metadata, failure) -> {
                    if (failure != null) {
                        lost = failure;
                    }
                });
    }

    private static String blankImage() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(200, 80, BufferedImage.TYPE_INT_RGB), "png", out);
            return Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String device(int vehicle) {
        return "ARCH-" + vehicle % DEVICES;
    }

    private static String entryId(int vehicle) {
        return "E-" + vehicle;
    }

    /**
     * Spreads plates so that each bucket holds few, as on a real list, because each new entry
     * rewrites its bucket.
     */
    private static String plate(int vehicle) {
        return String.format(
                "N%c%c-%02d-%02d",
                letter(vehicle), letter(vehicle / LETTERS.length()), vehicle / 100, vehicle % 100);
    }

    private static char letter(int number) {
        return LETTERS.charAt(number % LETTERS.length());
    }

    private static HotlistEntry entry(int vehicle) {
        return new HotlistEntry(
                entryId(vehicle),
                plate(vehicle),
                null,
                null,
                "MX",
                "MEX",
                "STOLEN_VEHICLE",
                "C-" + vehicle,
                "FGJEM",
                null,
                90,
                null,
                null,
                null,
                Scope.EVERYWHERE,
                MatchMode.EXACT,
                false,
                List.of());
    }
}
