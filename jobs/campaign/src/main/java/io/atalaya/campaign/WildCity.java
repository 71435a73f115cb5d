package io.atalaya.campaign;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Unrealistic traffic: objects that wander, stand, jump and crowd at random, streets on which every
 * tenth vehicle crawls or races, and plates of few characters, so that reads match entries often.
 */
final class WildCity {
    private static final String[] TYPES = {
        "Car", "Truck", "Bus", "Motorcycle", "Bicycle", "Human", "Bag", "Animal", "Unknown", "Face"
    };
    private static final String[] REASONS = {
        "STOLEN_VEHICLE", "WANTED_PERSON", "KIDNAPPING", "CLONED_PLATE", "INTEREST"
    };
    private static final String[] ZONES = {"RESTRICTED", "LINE", "ROAD"};
    private static final int MAX_FRAMES = 15_000;

    /** One world in this many is longer than a day, with a track in every frame. */
    private static final int DAY_EVERY = 12;

    private static final long MORE_THAN_A_DAY_MS = 25 * 3_600_000;

    /**
     * Few compared with frames, because vehicles in an endless crowd are all convoys of each other,
     * which is slow.
     */
    private static final int MAX_VEHICLES = 800;

    private final Random random;
    private final long start;
    private final long length;
    private final boolean isDay;
    private final List<TopicRecord> records = new ArrayList<>();
    private final List<String> plates = new ArrayList<>();
    private final List<String> devices = new ArrayList<>();
    private int serial;

    private WildCity(Random random, long start, boolean isDay) {
        this.random = random;
        this.start = start;
        this.isDay = isDay;
        length = isDay ? MORE_THAN_A_DAY_MS : (10L + random.nextInt(110)) * 60_000;
    }

    static List<TopicRecord> records(Random random, long start, int cameras, boolean isShort) {
        boolean isDay = !isShort && random.nextInt(DAY_EVERY) == 0;
        WildCity city = new WildCity(random, start, isDay);
        if (isDay) {
            city.make(1, (int) (MORE_THAN_A_DAY_MS / 1_000));
        } else {
            city.make(cameras, isShort ? MAX_FRAMES / 8 : MAX_FRAMES);
        }
        city.records.sort(Comparator.comparingLong(TopicRecord::timestamp));
        return city.records;
    }

    private void make(int cameras, int maxFrames) {
        for (int i = 0; i < cameras; i++) {
            film("CAM-" + i, maxFrames / cameras);
        }
        int arches = 1 + random.nextInt(6);
        for (int i = 0; i < arches; i++) {
            devices.add("ARCH-" + i);
            send(Topics.DEVICES, start, "ARCH-" + i, arch(i));
        }
        for (int i = 20 + random.nextInt(2_000); i > 0; i--) {
            plates.add(Extremes.plate(random));
        }
        int entries = random.nextInt(6) == 0 ? 1 : random.nextInt(100);
        for (int i = 0; i < entries; i++) {
            list("E" + i);
        }
        int vehicles = Math.min(MAX_VEHICLES, maxFrames / 10);
        for (int i = 0; i < vehicles; i++) {
            pass();
        }
    }

    private void film(String deviceId, int maxFrames) {
        double[] speeds = {0.1, 0.5, 1, 2, 5, 10, 25};
        double fps = isDay ? 1 : speeds[random.nextInt(speeds.length)];
        if (random.nextInt(4) > 0) {
            send(Topics.DEVICES, start, deviceId, camera(deviceId, fps));
        }
        int frames = (int) Math.min(maxFrames, length / 1_000.0 * fps);
        int typicalCount =
                !isDay && random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(8);
        boolean stands = random.nextInt(4) == 0;
        Street street = random.nextInt(3) == 0 ? new Street() : null;
        Wanderer resident = isDay ? new Wanderer(random.nextBoolean()) : null;
        List<Wanderer> wanderers = new ArrayList<>();
        long offset = random.nextInt(1_000);
        for (int i = 0; i < frames; i++) {
            long time = start + offset + (long) (i * 1_000 / fps);
            ArrayNode objects = JsonNodeFactory.instance.arrayNode();
            if (resident != null) {
                resident.go(1 / fps);
                resident.turnAtTheEdge();
                objects.add(resident.object());
            }
            if (street != null) {
                street.go(1 / fps, objects);
            }
            while (street == null && wanderers.size() < typicalCount) {
                wanderers.add(new Wanderer(stands));
            }
            for (Wanderer each : wanderers) {
                each.go(1 / fps);
                objects.add(each.object());
            }
            if (!stands) {
                wanderers.removeIf(each -> each.isOut() || random.nextInt(2_000) == 0);
            }
            if (random.nextInt(3_000) == 0) {
                wanderers.clear();
            }
            ObjectNode frame = JsonNodeFactory.instance.objectNode();
            frame.put("deviceId", deviceId).put("time", time).put("frameId", i);
            frame.set("objects", objects);
            send(Topics.CAMERA_FRAMES, time + random.nextInt(80), deviceId, frame);
        }
    }

    /** An object with a random trajectory. */
    private final class Wanderer {
        private final String trackId = String.valueOf(serial++);
        private final String type = TYPES[random.nextInt(TYPES.length)];
        private final double width = 0.005 + random.nextDouble() * 0.1;
        private final double height = 0.005 + random.nextDouble() * 0.2;
        private double x = random.nextDouble();
        private double y = random.nextDouble();
        private double vx;
        private double vy;

        private Wanderer(boolean stands) {
            if (!stands && random.nextInt(5) > 0) {
                vx = random.nextGaussian() * 0.1;
                vy = random.nextInt(3) == 0 ? 0 : random.nextGaussian() * 0.1;
            }
        }

        private void go(double seconds) {
            x += vx * seconds;
            y += vy * seconds;
            int turn = random.nextInt(400);
            if (turn == 0) {
                vx = -vx;
                vy = -vy;
            } else if (turn == 1) {
                vx = 0;
                vy = 0;
            } else if (turn == 2) {
                vx *= 5;
            }
        }

        private void turnAtTheEdge() {
            vx = x < 0 ? Math.abs(vx) : x > 0.9 ? -Math.abs(vx) : vx;
            vy = y < 0 ? Math.abs(vy) : y > 0.8 ? -Math.abs(vy) : vy;
            x = Math.max(-0.1, Math.min(1, x));
            y = Math.max(-0.1, Math.min(1, y));
        }

        private boolean isOut() {
            return x < -0.2 || x > 1.2 || y < -0.2 || y > 1.2;
        }

        private ObjectNode object() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("trackId", trackId).put("type", type).put("confidence", 0.8);
            object.putArray("box").add(x).add(y).add(width).add(height);
            return object;
        }
    }

    /**
     * A road across the frame, whose typical traffic is learned soon. Boxes are cut off at the
     * frame's edges, and a vehicle's track id may change on the way.
     */
    private final class Street {
        private final double typicalSpeed = 0.03 + random.nextDouble() * 0.2;
        private final double gapSeconds = 1 + random.nextInt(10);
        private final double carLength = 0.04 + random.nextDouble() * 0.08;
        private final int changesId = random.nextBoolean() ? 0 : 20 + random.nextInt(400);
        private final List<Driver> drivers = new ArrayList<>();

        private void go(double seconds, ArrayNode objects) {
            if (random.nextDouble() < seconds / gapSeconds) {
                double[] paces = {0.1, 0.2, 0.3, 0.5, 2, 4, -1};
                boolean isUsual = random.nextInt(10) > 0;
                double pace = isUsual ? 1 : paces[random.nextInt(paces.length)];
                drivers.add(new Driver(pace * typicalSpeed * (0.9 + random.nextDouble() * 0.2)));
            }
            for (Driver each : drivers) {
                each.front += each.speed * seconds;
                double left = Math.max(0, each.front - carLength);
                double right = Math.min(1, each.front);
                if (changesId > 0 && random.nextInt(changesId) == 0) {
                    each.trackId = String.valueOf(serial++);
                }
                if (right - left > 0.002) {
                    ObjectNode object = objects.addObject();
                    object.put("trackId", each.trackId).put("type", "Car");
                    object.put("confidence", 0.9)
                            .putArray("box")
                            .add(left)
                            .add(0.5)
                            .add(right - left)
                            .add(0.05);
                }
            }
            drivers.removeIf(each -> each.front < -0.1 || each.front > 1.1 + carLength);
        }
    }

    private final class Driver {
        private final double speed;
        private String trackId = String.valueOf(serial++);
        private double front;

        private Driver(double speed) {
            this.speed = speed;
            front = speed < 0 ? 1 : 0;
        }
    }

    private ObjectNode camera(String deviceId, double fps) {
        ObjectNode device = device(deviceId, random.nextInt(5) == 0 ? "DRONE" : "CAMERA");
        device.put("fps", fps);
        if (random.nextInt(3) == 0) {
            ArrayNode zones = device.putArray("zones");
            for (int i = random.nextInt(4); i >= 0; i--) {
                ObjectNode zone = zones.addObject();
                zone.put("zoneId", "z" + i).put("kind", ZONES[random.nextInt(ZONES.length)]);
                ArrayNode polygon = zone.putArray("polygon");
                for (int p = 0; p < 4; p++) {
                    polygon.addArray().add(random.nextDouble()).add(random.nextDouble());
                }
            }
        }
        return device;
    }

    private ObjectNode arch(int index) {
        return device("ARCH-" + index, "ARCH").put("heading", random.nextInt(360)).put("lanes", 3);
    }

    private ObjectNode device(String deviceId, String kind) {
        ObjectNode device = JsonNodeFactory.instance.objectNode();
        device.put("deviceId", deviceId).put("kind", kind);
        if (random.nextInt(4) > 0) {
            device.put("site", random.nextBoolean() ? "TOLUCA" : "ECATEPEC");
        }
        if (random.nextInt(5) > 0) {
            boolean isAtAnEnd = random.nextInt(8) == 0;
            double[] ends = {0, 90, -90};
            double latitude = ends[random.nextInt(ends.length)];
            device.put("latitude", isAtAnEnd ? latitude : 19.3 + random.nextDouble() * 0.3);
            device.put("longitude", isAtAnEnd ? 2 * latitude : -99.7 + random.nextDouble() * 0.5);
        }
        return device;
    }

    /** An entry that is listed and may change and be removed while its vehicle drives. */
    private void list(String entryId) {
        long time = start + random.nextLong(length);
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            send(Topics.HOTLIST, time, entryId, entry(entryId, time));
            time += random.nextInt(600_000);
            if (random.nextInt(3) == 0) {
                records.add(new TopicRecord(Topics.HOTLIST, time, entryId, null));
                time += random.nextInt(60_000);
            }
        }
    }

    private ObjectNode entry(String entryId, long time) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("entryId", entryId);
        String plate = Extremes.near(plates.get(random.nextInt(plates.size())), random);
        switch (random.nextInt(8)) {
            case 0 -> entry.put("tagId", "T" + random.nextInt(plates.size()));
            case 1 -> entry.put("pattern", plate.length() < 3 ? plate + "1A0*" : plate + "?*");
            default -> entry.put("plate", plate.isEmpty() ? "1" : plate);
        }
        entry.put("reason", REASONS[random.nextInt(REASONS.length)]);
        entry.put("caseNumber", "C/" + entryId).put("agency", "FGJ");
        entry.put("priority", random.nextInt(101));
        String[] modes = {"EXACT", "CONFUSABLE", "FUZZY"};
        entry.put("match", modes[random.nextInt(modes.length)]);
        if (random.nextInt(4) == 0) {
            entry.put("covert", true).putArray("notify").add("unit-1");
        }
        if (random.nextInt(4) == 0) {
            entry.put("validFrom", time + Extremes.clockError(random));
        }
        if (random.nextInt(4) == 0) {
            entry.put("validUntil", time + Math.abs(Extremes.clockError(random)));
        }
        return entry;
    }

    /** A vehicle that passes some arches, or appears to. */
    private void pass() {
        int vehicle = random.nextInt(plates.size());
        String plate = plates.get(vehicle);
        long time = start + random.nextLong(length);
        for (int i = random.nextInt(4); i >= 0; i--) {
            String deviceId = devices.get(random.nextInt(devices.size()));
            int lane = random.nextInt(3);
            long arrival = time + random.nextInt(2_000);
            if (random.nextInt(4) > 0) {
                read(deviceId, lane, time, arrival, plate);
            }
            if (random.nextInt(2) == 0) {
                tag(deviceId, lane, time, arrival + random.nextInt(1_000), vehicle, plate);
            }
            time += random.nextInt(600_000);
        }
    }

    private void read(String deviceId, int lane, long time, long arrival, String plate) {
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        String readId = "R" + serial++;
        String text = random.nextInt(4) == 0 ? Extremes.near(plate, random) : plate;
        read.put("readId", readId).put("deviceId", deviceId).put("lane", lane);
        read.put("time", time).put("plate", text.isEmpty() ? "1" : text);
        read.put("confidence", random.nextInt(4) == 0 ? Extremes.confidence(random) : 0.9);
        if (random.nextInt(3) == 0) {
            ArrayNode candidates = read.putArray("candidates");
            for (int i = random.nextInt(10); i >= 0; i--) {
                candidates
                        .addObject()
                        .put("plate", Extremes.near(plate, random))
                        .put("confidence", Extremes.confidence(random));
            }
        }
        if (random.nextInt(3) == 0) {
            double[] speeds = {0, 1e-300, 500, 250 * random.nextDouble()};
            read.put("speedKmh", speeds[random.nextInt(speeds.length)]);
        }
        if (random.nextInt(3) == 0) {
            read.putObject("vehicle").put("make", "NISSAN").put("color", "RED");
        }
        send(Topics.PLATE_READS, arrival, deviceId, read);
        int after = random.nextInt(12);
        if (after < 3) {
            ObjectNode later = read.deepCopy();
            if (after == 0) {
                later.put("withdrawn", true);
            } else if (after == 1) {
                later.put("readId", "R" + serial++).put("supersedes", readId);
                later.put("plate", Extremes.near(plate, random) + "1");
            }
            send(Topics.PLATE_READS, arrival + random.nextInt(20_000), deviceId, later);
        }
    }

    private void tag(
            String deviceId, int lane, long time, long arrival, int vehicle, String plate) {
        ObjectNode tag = JsonNodeFactory.instance.objectNode();
        tag.put("readId", "T" + serial++).put("deviceId", deviceId).put("lane", lane);
        tag.put("time", time + random.nextInt(800)).put("tagId", "T" + vehicle);
        if (random.nextInt(4) > 0) {
            tag.put("registeredPlate", random.nextInt(8) == 0 ? Extremes.plate(random) : plate);
        }
        send(Topics.RFID_READS, arrival, deviceId, tag);
    }

    private void send(String topic, long arrival, String key, ObjectNode value) {
        records.add(
                new TopicRecord(
                        topic, arrival, key, value.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
