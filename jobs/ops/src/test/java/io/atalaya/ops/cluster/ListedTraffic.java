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

    private static final String PICTURE = blankPicture();

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
     * @param cars more than will pass, and at most 10,000, because there are plates for only so
     *     many
     */
    void list(int cars) {
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
        for (int each = 0; each < cars; each++) {
            send(Topics.HOTLIST, entryId(each), HotlistEntryCodec.write(entry(each)));
        }
        producer.flush();
    }

    /** Lets the next vehicle pass. */
    String pass() {
        return pass("MEX", 0.97, null);
    }

    /** Lets the next vehicle pass with a doubtful read and an image that contains no plate. */
    String passWithPicture() {
        return pass(null, 0.6, PICTURE);
    }

    private synchronized String pass(String state, double confidence, String image) {
        int car = next++;
        long now = System.currentTimeMillis();
        String entryId = entryId(car);
        sent.put(entryId, now);
        send(
                Topics.PLATE_READS,
                device(car),
                PlateReadCodec.write(
                        new PlateRead(
                                "R-" + car,
                                device(car),
                                null,
                                now,
                                plate(car),
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
    void drive(int carsPerSecond) {
        driving = true;
        driver =
                new Thread(
                        () -> {
                            while (driving) {
                                pass();
                                try {
                                    Thread.sleep(1_000 / carsPerSecond);
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

    private static String blankPicture() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(200, 80, BufferedImage.TYPE_INT_RGB), "png", out);
            return Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String device(int car) {
        return "ARCH-" + car % DEVICES;
    }

    private static String entryId(int car) {
        return "E-" + car;
    }

    /**
     * Spreads plates so that each bucket holds few, as on a real list, because each new entry
     * rewrites its bucket.
     */
    private static String plate(int car) {
        return String.format(
                "N%c%c-%02d-%02d",
                letter(car), letter(car / LETTERS.length()), car / 100, car % 100);
    }

    private static char letter(int number) {
        return LETTERS.charAt(number % LETTERS.length());
    }

    private static HotlistEntry entry(int car) {
        return new HotlistEntry(
                entryId(car),
                plate(car),
                null,
                null,
                "MX",
                "MEX",
                "STOLEN_VEHICLE",
                "C-" + car,
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
