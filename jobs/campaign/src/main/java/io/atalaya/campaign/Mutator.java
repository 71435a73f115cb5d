package io.atalaya.campaign;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Applies a few kinds of mutation to a world, each to some devices and some of their records. Each
 * changed or added record names its mutations in a header.
 */
final class Mutator {
    /** Header of a record with the mutations made to it, separated by commas. */
    static final String HEADER = "mutations";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long DAY_MS = 86_400_000;

    /** Maximum number of records of its device for which a mutation lasts. */
    private static final int MAX_SPELL = 400;

    /** Maximum number of days added to a world. */
    private static final int MAX_DAYS = 3;

    /** Maximum number of objects added to a world's frames, because a world is kept on the heap. */
    private static final int MAX_CROWDED = 2_000_000;

    private static final int MAX_OBJECTS = 500;

    /** Kinds of mutation. */
    enum Mutation {
        BOX_WITHOUT_SIZE,
        BOX_OF_A_POINT,
        BOX_OUTSIDE,
        BOX_HUGE,
        BOX_OF_THE_FRAME,
        TRACK_JUMPS,
        TRACK_FREEZES,
        TRACKS_SWAP_IDS,
        TRACKS_OF_ONE_FRAME,
        TRACK_WITHOUT_END,
        TRACK_IDS_EQUAL,
        NO_OBJECTS,
        MANY_OBJECTS,
        PARTIAL_FRAMES,
        FRAME_IDS,
        CONFIDENCES,
        FRAMES_REPEATED,
        RECORDS_TWICE,
        RECORDS_LOST,
        DEVICE_TIME,
        DEVICE_TIME_EQUAL,
        ARRIVAL_EQUAL,
        ARRIVAL_BACKWARDS,
        ARRIVAL_A_DAY_LATER,
        NUMBERS,
        TEXTS,
        FIELDS_MISSING,
        WRONG_TYPES,
        BROKEN_BYTES,
        PLATES,
        READS_REVISED,
        OTHER_DEVICE,
        ENTRIES_COME_AND_GO,
        DEVICES_COME_AND_GO,
        DEVICES_MOVE,
        MODEL_REQUESTS,
        PLACES
    }

    /** The devices and the probability of a mutation. */
    private record Rate(Set<String> devices, double probability) {}

    /** A series of one mutation at one device, with its remembered value. */
    private static final class Spell {
        private int left;
        private JsonNode kept;
    }

    private final Random random;
    private final Map<Mutation, Rate> rates = new EnumMap<>(Mutation.class);
    private final Map<String, Spell> spells = new HashMap<>();
    private final Map<String, TopicRecord> registrations = new HashMap<>();
    private final Map<String, String> listed = new HashMap<>();
    private final Set<String> losing = new HashSet<>();
    private final List<String> recentReads = new ArrayList<>();
    private final List<TopicRecord> out = new ArrayList<>();
    private long offset;
    private int days;
    private int crowded;
    private long newest;
    private int serial;

    private Mutator(Random random) {
        this.random = random;
    }

    /** Mutates a world's records; the mutations are added to {@code names}. */
    static List<TopicRecord> mutate(List<TopicRecord> records, Random random, List<String> names) {
        Mutator mutator = new Mutator(random);
        mutator.draw(records, names);
        records.forEach(mutator::mutate);
        return mutator.out;
    }

    private void draw(List<TopicRecord> records, List<String> names) {
        Set<String> keys = new HashSet<>();
        records.forEach(record -> keys.add(record.key()));
        List<String> devices = keys.stream().filter(key -> key != null).sorted().toList();
        Mutation[] all = Mutation.values();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            Mutation mutation = all[random.nextInt(all.length)];
            double share = random.nextBoolean() ? 1 : random.nextDouble();
            Set<String> struck = new HashSet<>();
            for (String device : devices) {
                if (random.nextDouble() < share) {
                    struck.add(device);
                }
            }
            double probability = Math.pow(10, -4 + 3.5 * random.nextDouble());
            rates.put(mutation, new Rate(struck, probability));
            names.add(mutation.name());
        }
    }

    private void mutate(TopicRecord record) {
        newest = Math.max(newest, record.timestamp() + offset);
        TopicRecord next =
                new TopicRecord(
                        record.topic(),
                        record.timestamp() + offset,
                        record.key(),
                        offset == 0 || record.value() == null
                                ? record.value()
                                : shifted(record.value(), offset),
                        record.headers());
        if (record.topic().equals(Topics.DEVICES) && record.value() != null) {
            registrations.put(record.key(), next);
        }
        if (losing.remove(record.key())) {
            next = marked(next, Mutation.RECORDS_LOST);
        }
        for (Map.Entry<Mutation, Rate> each : rates.entrySet()) {
            if (next != null && strikes(each.getKey(), each.getValue(), record)) {
                TopicRecord before = next;
                next = apply(each.getKey(), before);
                if (next != null && next != before) {
                    next = marked(next, each.getKey());
                }
            }
        }
        if (next == null) {
            losing.add(record.key());
        } else {
            out.add(next);
        }
    }

    private static TopicRecord marked(TopicRecord record, Mutation mutation) {
        Map<String, String> headers = new HashMap<>(record.headers());
        headers.merge(HEADER, mutation.name(), (one, other) -> one + "," + other);
        return new TopicRecord(
                record.topic(), record.timestamp(), record.key(), record.value(), headers);
    }

    /** Shifts the device time together with the world's time. */
    private static byte[] shifted(byte[] value, long by) {
        ObjectNode json = json(value);
        if (json == null || !json.path("time").isIntegralNumber()) {
            return value;
        }
        return bytes(json.put("time", json.get("time").asLong() + by));
    }

    private boolean strikes(Mutation mutation, Rate rate, TopicRecord record) {
        if (!rate.devices.contains(record.key())) {
            return false;
        }
        String of = mutation + " " + record.key();
        Spell spell = spells.get(of);
        if (spell != null && spell.left > 0) {
            spell.left--;
            return true;
        }
        if (random.nextDouble() >= rate.probability) {
            return false;
        }
        spell = new Spell();
        spell.left = random.nextInt(2) == 0 ? 0 : random.nextInt(MAX_SPELL);
        if (mutation == Mutation.TRACK_WITHOUT_END) {
            spell.left = Integer.MAX_VALUE;
        }
        spells.put(of, spell);
        return true;
    }

    /** The mutated record, or null if it is lost. */
    private TopicRecord apply(Mutation mutation, TopicRecord record) {
        return switch (mutation) {
            case RECORDS_TWICE -> {
                out.add(marked(record, mutation));
                yield record;
            }
            case RECORDS_LOST -> null;
            case ARRIVAL_EQUAL -> {
                TopicRecord last = out.isEmpty() ? record : out.get(out.size() - 1);
                yield at(record, last.timestamp());
            }
            case ARRIVAL_BACKWARDS -> at(record, Math.max(0, newest - random.nextInt(3_600_000)));
            case ARRIVAL_A_DAY_LATER -> {
                if (days == MAX_DAYS || random.nextInt(4) > 0) {
                    yield record;
                }
                days++;
                offset += DAY_MS;
                TopicRecord later = at(record, record.timestamp() + DAY_MS);
                yield later.value() == null ? later : value(later, shifted(later.value(), DAY_MS));
            }
            case BROKEN_BYTES -> value(record, broken(record.value()));
            case ENTRIES_COME_AND_GO -> {
                list(record);
                yield record;
            }
            case DEVICES_COME_AND_GO, DEVICES_MOVE -> {
                device(record, mutation);
                yield record;
            }
            case MODEL_REQUESTS -> {
                request(record);
                yield record;
            }
            default -> {
                ObjectNode json = json(record.value());
                if (json == null) {
                    yield record;
                }
                ObjectNode before = json.deepCopy();
                change(mutation, json, record);
                yield json.equals(before) ? record : value(record, bytes(json));
            }
        };
    }

    private void change(Mutation mutation, ObjectNode json, TopicRecord record) {
        ArrayNode objects =
                json.get("objects") instanceof ArrayNode array ? array : MAPPER.createArrayNode();
        Spell spell = spells.get(mutation + " " + record.key());
        switch (mutation) {
            case BOX_WITHOUT_SIZE -> boxes(objects, box -> size(box, 0, 0));
            case BOX_OF_A_POINT -> boxes(objects, box -> size(box, 1e-9, 1e-9));
            case BOX_HUGE -> boxes(objects, box -> size(box, 1e6, 1e6));
            case BOX_OUTSIDE ->
                    boxes(objects, box -> place(box, random.nextGaussian() * 5, number(box, 1)));
            case BOX_OF_THE_FRAME ->
                    boxes(
                            objects,
                            box -> {
                                place(box, 0, 0);
                                size(box, 1, 1);
                            });
            case TRACK_JUMPS ->
                    boxes(objects, box -> place(box, random.nextDouble(), random.nextDouble()));
            case TRACK_FREEZES -> freeze(objects, spell);
            case TRACKS_SWAP_IDS -> swap(objects);
            case TRACKS_OF_ONE_FRAME ->
                    objects.forEach(each -> set(each, "trackId", "once-" + serial++));
            case TRACK_IDS_EQUAL -> objects.forEach(each -> set(each, "trackId", "same"));
            case TRACK_WITHOUT_END -> objects.add(object("endless", 0.5, 0.5, "Car"));
            case NO_OBJECTS -> objects.removeAll();
            case MANY_OBJECTS -> crowd(objects);
            case PARTIAL_FRAMES -> partial(json, objects);
            case FRAME_IDS -> json.put("frameId", random.nextBoolean() ? 0 : random.nextInt());
            case CONFIDENCES -> {
                set(json, "confidence", Extremes.confidence(random));
                objects.forEach(each -> set(each, "confidence", Extremes.confidence(random)));
            }
            case FRAMES_REPEATED -> {
                if (spell.kept == null) {
                    spell.kept = objects.deepCopy();
                }
                if (json.has("objects")) {
                    json.set("objects", spell.kept);
                }
            }
            case DEVICE_TIME -> shiftTime(json, Extremes.clockError(random));
            case DEVICE_TIME_EQUAL -> {
                if (spell.kept == null) {
                    spell.kept = json.get("time");
                }
                if (spell.kept != null) {
                    json.set("time", spell.kept);
                }
            }
            case PLATES -> plate(json);
            case PLACES -> place(json);
            case READS_REVISED -> revise(json);
            case OTHER_DEVICE -> json.put("deviceId", "ANOTHER-" + random.nextInt(20));
            case NUMBERS -> strange(json, JsonNode::isNumber);
            case TEXTS -> strange(json, JsonNode::isTextual);
            case FIELDS_MISSING -> json.remove(anyName(json));
            case WRONG_TYPES -> json.set(anyName(json), anyValue());
            default -> throw new IllegalStateException(mutation + ": got no change for it");
        }
    }

    /** Changes some boxes, or all of them. */
    private void boxes(ArrayNode objects, Consumer<ArrayNode> change) {
        boolean all = random.nextInt(3) == 0;
        for (JsonNode each : objects) {
            if ((all || random.nextInt(3) == 0)
                    && each.get("box") instanceof ArrayNode box
                    && box.size() == 4) {
                change.accept(box);
            }
        }
    }

    private static double number(ArrayNode box, int index) {
        return box.get(index).asDouble();
    }

    private static void place(ArrayNode box, double x, double y) {
        box.set(0, JsonNodeFactory.instance.numberNode(x));
        box.set(1, JsonNodeFactory.instance.numberNode(y));
    }

    private static void size(ArrayNode box, double width, double height) {
        box.set(2, JsonNodeFactory.instance.numberNode(width));
        box.set(3, JsonNodeFactory.instance.numberNode(height));
    }

    private static void freeze(ArrayNode objects, Spell spell) {
        if (objects.isEmpty()) {
            return;
        }
        if (spell.kept == null) {
            spell.kept = objects.get(0).deepCopy();
        }
        objects.set(0, spell.kept);
    }

    private void swap(ArrayNode objects) {
        if (objects.size() < 2) {
            return;
        }
        JsonNode one = objects.get(random.nextInt(objects.size()));
        JsonNode other = objects.get(random.nextInt(objects.size()));
        JsonNode id = one.get("trackId");
        if (id != null && other.get("trackId") != null) {
            set(one, "trackId", other.get("trackId").asText());
            set(other, "trackId", id.asText());
        }
    }

    private void crowd(ArrayNode objects) {
        String[] types = {"Human", "Car", "Bag"};
        String type = types[random.nextInt(types.length)];
        int[] counts = {1, random.nextInt(MAX_OBJECTS), MAX_OBJECTS};
        int most = random.nextInt(200) == 0 ? 10_000 : counts[random.nextInt(counts.length)];
        for (int i = objects.size(); i < most && crowded < MAX_CROWDED; i++) {
            objects.add(object("many-" + i, i % 23 / 23.0, i % 19 / 19.0, type));
            crowded++;
        }
    }

    private ObjectNode object(String trackId, double x, double y, String type) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("trackId", trackId).put("type", type).put("confidence", 0.7);
        object.putArray("box").add(x).add(y).add(0.04).add(0.06);
        return object;
    }

    private void partial(ObjectNode json, ArrayNode objects) {
        json.put("partial", random.nextInt(4) > 0);
        ArrayNode goneField = json.putArray("gone");
        for (JsonNode each : objects) {
            int fate = random.nextInt(6);
            if (fate == 0) {
                goneField.add(each.path("trackId").asText("x"));
            } else if (fate == 1) {
                ((ObjectNode) each).put("idle", true);
            }
        }
    }

    private static void shiftTime(ObjectNode json, long error) {
        if (json.path("time").isIntegralNumber()) {
            json.put("time", json.get("time").asLong() + error);
        }
    }

    private void plate(ObjectNode json) {
        String text = random.nextInt(3) == 0 ? Extremes.text(random) : Extremes.plate(random);
        for (String field : List.of("plate", "registeredPlate", "pattern")) {
            if (json.has(field)) {
                json.put(
                        field,
                        random.nextBoolean()
                                ? text
                                : Extremes.near(json.get(field).asText(), random));
            }
        }
    }

    /** Off the map, where it is undefined, and as near or far as can be. */
    private void place(ObjectNode json) {
        List<Place> places = new ArrayList<>();
        collect(json, JsonNode::isObject, places);
        places.add(new Place(json, value -> {}));
        for (Place each : places) {
            if (each.value() instanceof ObjectNode node && node.has("latitude")) {
                double[] latitudes = {0, 90, -90, 90.1, 19.29, 19.6, Extremes.number(random)};
                double[] longitudes = {0, 180, -180, 180.1, -99.65, -99, Extremes.number(random)};
                node.put("latitude", latitudes[random.nextInt(latitudes.length)]);
                node.put("longitude", longitudes[random.nextInt(longitudes.length)]);
                if (node.has("radiusMetres")) {
                    double[] radii = {0, 1, 499, 501, 100_000, 1e300};
                    node.put("radiusMetres", radii[random.nextInt(radii.length)]);
                }
            }
        }
    }

    private void revise(ObjectNode json) {
        if (!json.has("readId")) {
            return;
        }
        if (!recentReads.isEmpty()) {
            String earlier = recentReads.get(random.nextInt(recentReads.size()));
            switch (random.nextInt(4)) {
                case 0 -> json.put("supersedes", earlier);
                case 1 -> json.put("supersedes", earlier).put("withdrawn", true);
                case 2 -> json.put("readId", earlier);
                default -> json.put("withdrawn", true);
            }
        }
        if (recentReads.size() > 50) {
            recentReads.remove(random.nextInt(recentReads.size()));
        }
        recentReads.add(json.get("readId").asText());
    }

    /** A field of an object, or an element of an array. */
    private record Place(JsonNode value, Consumer<JsonNode> setter) {}

    /** Replaces one value of a kind, at any depth, by an extreme one. */
    private void strange(ObjectNode json, Predicate<JsonNode> kind) {
        List<Place> places = new ArrayList<>();
        collect(json, kind, places);
        if (places.isEmpty()) {
            return;
        }
        Place place = places.get(random.nextInt(places.size()));
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (place.value().isTextual()) {
            place.setter().accept(make.textNode(Extremes.text(random)));
        } else if (place.value().isIntegralNumber()) {
            place.setter().accept(make.numberNode((long) Extremes.number(random)));
        } else {
            place.setter().accept(make.numberNode(Extremes.number(random)));
        }
    }

    private static void collect(JsonNode node, Predicate<JsonNode> kind, List<Place> places) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (kind.test(field.getValue())) {
                places.add(new Place(field.getValue(), field::setValue));
            }
        }
        for (int i = 0; node instanceof ArrayNode array && i < array.size(); i++) {
            if (kind.test(array.get(i))) {
                int index = i;
                places.add(new Place(array.get(i), value -> array.set(index, value)));
            }
        }
        node.forEach(child -> collect(child, kind, places));
    }

    private String anyName(ObjectNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names.isEmpty() ? "none" : names.get(random.nextInt(names.size()));
    }

    private JsonNode anyValue() {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(6)) {
            case 0 -> make.nullNode();
            case 1 -> make.textNode(Extremes.text(random));
            case 2 -> make.numberNode(Extremes.number(random));
            case 3 -> make.booleanNode(random.nextBoolean());
            case 4 -> make.arrayNode().add(Extremes.number(random));
            default -> make.objectNode();
        };
    }

    private byte[] broken(byte[] value) {
        if (value == null || value.length == 0 || random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] broken = value.clone();
        if (random.nextBoolean()) {
            return Arrays.copyOf(broken, random.nextInt(broken.length));
        }
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
        return broken;
    }

    /**
     * Lists the plate or tag of a read and removes it at a later read of the same, so that the
     * entry changes between two reads of a vehicle.
     */
    private void list(TopicRecord record) {
        ObjectNode json = json(record.value());
        if (json == null || !json.has("readId")) {
            return;
        }
        String field = json.has("tagId") && random.nextBoolean() ? "tagId" : "plate";
        String name = json.path(field).asText("");
        if (name.isEmpty()) {
            return;
        }
        String entryId = listed.remove(name);
        if (entryId != null) {
            TopicRecord removal =
                    new TopicRecord(Topics.HOTLIST, record.timestamp(), entryId, null);
            out.add(marked(removal, Mutation.ENTRIES_COME_AND_GO));
            return;
        }
        entryId = "GO-" + random.nextInt(40);
        listed.put(name, entryId);
        ObjectNode entry = MAPPER.createObjectNode().put("entryId", entryId);
        boolean isNear = field.equals("plate") && random.nextBoolean();
        entry.put(field, isNear ? Extremes.near(name, random) : name);
        entry.put("reason", "STOLEN_VEHICLE").put("caseNumber", "C").put("agency", "A");
        entry.put("priority", random.nextInt(101)).put("match", "FUZZY");
        entry.put("covert", random.nextInt(4) == 0);
        if (entry.get("covert").asBoolean()) {
            entry.putArray("notify").add("unit-2");
        }
        TopicRecord listing =
                new TopicRecord(Topics.HOTLIST, record.timestamp(), entryId, bytes(entry));
        out.add(marked(listing, Mutation.ENTRIES_COME_AND_GO));
    }

    private void device(TopicRecord record, Mutation mutation) {
        TopicRecord registration = registrations.get(record.key());
        if (mutation == Mutation.DEVICES_COME_AND_GO && random.nextBoolean()) {
            TopicRecord removal =
                    new TopicRecord(Topics.DEVICES, record.timestamp(), record.key(), null);
            out.add(marked(removal, mutation));
            return;
        }
        ObjectNode device =
                registration == null
                        ? MAPPER.createObjectNode()
                                .put("deviceId", record.key())
                                .put("kind", "CAMERA")
                        : json(registration.value());
        if (device == null) {
            return;
        }
        if (mutation == Mutation.DEVICES_MOVE) {
            device.put("latitude", random.nextInt(181) - 90);
            device.put("longitude", random.nextInt(361) - 180);
            device.put("fps", random.nextInt(4) == 0 ? 0 : random.nextInt(1_000));
            String[] kinds = {"ARCH", "CAMERA", "DRONE", "BUTTON"};
            device.put("kind", kinds[random.nextInt(kinds.length)]);
        }
        TopicRecord change =
                new TopicRecord(Topics.DEVICES, record.timestamp(), record.key(), bytes(device));
        out.add(marked(change, mutation));
    }

    private void request(TopicRecord record) {
        if (random.nextInt(50) > 0) {
            return;
        }
        ObjectNode request = MAPPER.createObjectNode();
        request.put("model", random.nextBoolean() ? "trajectory" : "scene-activity");
        String[] versions = {"1", "2", "none"};
        request.put("active", versions[random.nextInt(versions.length)]);
        if (random.nextBoolean()) {
            request.put("shadow", versions[random.nextInt(versions.length)]);
        }
        request.put("requestedBy", "campaign").put("time", record.timestamp());
        TopicRecord message =
                new TopicRecord(
                        Topics.MODEL_CONTROL,
                        record.timestamp(),
                        request.get("model").asText(),
                        bytes(request));
        out.add(marked(message, Mutation.MODEL_REQUESTS));
    }

    private static void set(JsonNode object, String field, String value) {
        if (object instanceof ObjectNode node && node.has(field)) {
            node.put(field, value);
        }
    }

    private void set(JsonNode object, String field, double value) {
        if (object instanceof ObjectNode node && node.has(field)) {
            if (random.nextInt(8) == 0) {
                node.remove(field);
            } else {
                node.put(field, value);
            }
        }
    }

    private static TopicRecord at(TopicRecord record, long time) {
        return time == record.timestamp()
                ? record
                : new TopicRecord(
                        record.topic(), time, record.key(), record.value(), record.headers());
    }

    private static TopicRecord value(TopicRecord record, byte[] value) {
        return new TopicRecord(
                record.topic(), record.timestamp(), record.key(), value, record.headers());
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode json(byte[] value) {
        if (value == null) {
            return null;
        }
        try {
            return MAPPER.readTree(value) instanceof ObjectNode node ? node : null;
        } catch (IOException e) {
            return null;
        }
    }
}
