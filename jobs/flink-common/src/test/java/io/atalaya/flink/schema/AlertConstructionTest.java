package io.atalaya.flink.schema;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertArbitraries;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.schema.TopicSchema;
import io.atalaya.contracts.text.Text;
import io.atalaya.flink.serializer.RecordSerializer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An alert that the schema rejects cannot be built, and one that can be built survives codec and
 * serializer. Alerts are built from JSON by the records' own constructors, without the codec.
 */
class AlertConstructionTest {
    /** Fields whose components have another name. */
    private static final Map<String, String> FIELDS =
            Map.of("notified", "notify", "isCovert", "covert", "deviceTime", "time");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long AT = 7;

    /** The records that group fields of the message, but are no object in it. */
    private static final Set<Class<?>> GROUPS =
            Set.of(
                    Alert.Identity.class,
                    Alert.Emission.class,
                    Alert.Lifecycle.class,
                    Alert.Place.class,
                    Alert.Assessment.class,
                    Alert.Disclosure.class);

    /** At, inside and outside every bound of the contract's numbers. */
    private static final List<JsonNode> NUMBERS =
            DoubleStream.of(
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY,
                            -0.0,
                            Double.MIN_VALUE,
                            0,
                            1,
                            1.0000001,
                            -1e-9,
                            0.5,
                            90,
                            90.0001,
                            -90.0001,
                            100,
                            101,
                            180.0001,
                            255,
                            256,
                            500,
                            500.1,
                            20_100,
                            20_101,
                            1e6,
                            1_000_001,
                            -1_000_001,
                            1e9,
                            1.1e9,
                            Integer.MAX_VALUE,
                            Integer.MIN_VALUE,
                            -1,
                            253_402_300_799_999.0,
                            253_402_300_800_000.0,
                            1e15,
                            1.1e15,
                            -1.1e15,
                            Double.MAX_VALUE)
                    .mapToObj(AlertConstructionTest::number)
                    .toList();

    private static final List<JsonNode> TEXTS =
            Stream.concat(
                            Stream.of(
                                    "",
                                    " ",
                                    "\u00a0",
                                    "A",
                                    "ABC123",
                                    "A*",
                                    "\ud83d\ude97",
                                    "\ud83d",
                                    "AB?"),
                            IntStream.of(16, 32, 64, 128, 256, 4096)
                                    .boxed()
                                    .flatMap(n -> Stream.of("A".repeat(n), "A".repeat(n + 1))))
                    .<JsonNode>map(TextNode::new)
                    .toList();

    private static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e18
                ? MAPPER.getNodeFactory().numberNode((long) value)
                : new DoubleNode(value);
    }

    @Provide
    Arbitrary<Alert> alerts() {
        return AlertArbitraries.alerts();
    }

    @Test
    void everyFieldOfTheSamplesIsCheckedAtItsBounds() throws Exception {
        int built = 0;
        int rejected = 0;
        for (String sample : TopicSchema.ALERTS.samples()) {
            JsonNode alert = sample(sample);
            assertThat(isBuilt(alert)).as(sample).isTrue();
            List<JsonNode> parents = new ArrayList<>();
            collect(alert, parents);
            for (JsonNode parent : parents) {
                for (int i = 0; i < parent.size(); i++) {
                    for (JsonNode value : valuesFor(child(parent, i))) {
                        if (isBuiltWith(alert, parent, i, value)) {
                            built++;
                        } else {
                            rejected++;
                        }
                    }
                }
            }
        }
        assertThat(built).isGreaterThan(1_000);
        assertThat(rejected).isGreaterThan(1_000);
    }

    @Property(tries = 1_000)
    void whatCanBeBuiltIsValidAndSurvivesEveryForm(
            @ForAll("alerts") Alert alert, @ForAll Random random) throws Exception {
        JsonNode json = MAPPER.readTree(AlertCodec.write(alert));
        List<JsonNode> parents = new ArrayList<>();
        collect(json, parents);
        parents.removeIf(parent -> parent.isEmpty());
        JsonNode parent = parents.get(random.nextInt(parents.size()));
        int i = random.nextInt(parent.size());
        List<JsonNode> values = valuesFor(child(parent, i));
        boolean built =
                values.isEmpty()
                        ? isBuilt(json)
                        : isBuiltWith(json, parent, i, values.get(random.nextInt(values.size())));
        Statistics.label("built")
                .collect(built)
                .coverage(
                        checker -> {
                            checker.check(true).percentage(share -> share > 10);
                            checker.check(false).percentage(share -> share > 10);
                        });
    }

    @Test
    void whatIsRejectedNamesFieldValueAndExpectation() throws Exception {
        ObjectNode alert = sample(TopicSchema.ALERTS.samples().get(0));
        alert.put("score", Double.NaN);
        assertThat(rejection(alert)).isEqualTo("score: got NaN, expected a number from 0.0 to 1.0");
        alert.put("score", 0.5).put("revision", -1);
        assertThat(rejection(alert))
                .isEqualTo("revision: got -1, expected epoch milliseconds, years 1970 to 9999");
        alert.put("revision", 1).put("status", "ENDED").remove("endedAt");
        assertThat(rejection(alert))
                .isEqualTo("endedAt: got nothing, expected a time, because the alert is ENDED");
    }

    @Test
    void anAlertThatIsTooLargeForItsTopicIsNotWritten() throws Exception {
        ObjectNode alert = sample(TopicSchema.ALERTS.samples().get(0));
        ArrayNode names = alert.putArray("notify");
        for (int i = 0; i < 300; i++) {
            names.add("n".repeat(4096));
        }
        Alert large = build(alert);
        assertThatThrownBy(() -> AlertCodec.write(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("bytes, expected at most 1048576 bytes");
    }

    private static List<JsonNode> valuesFor(JsonNode value) {
        List<JsonNode> values = new ArrayList<>();
        if (value.isNumber()) {
            values.addAll(NUMBERS);
        } else if (value.isTextual()) {
            values.addAll(TEXTS);
        }
        if (!value.isArray() && !value.isBoolean()) {
            values.add(NullNode.getInstance());
        }
        return values;
    }

    private static boolean isBuiltWith(JsonNode alert, JsonNode parent, int i, JsonNode value)
            throws Exception {
        JsonNode kept = child(parent, i);
        set(parent, i, value);
        try {
            return isBuilt(alert);
        } finally {
            set(parent, i, kept);
        }
    }

    /** Whether the alert can be built; also checks that only a valid one can be. */
    private static boolean isBuilt(JsonNode json) throws Exception {
        Alert alert;
        try {
            alert = build(json);
        } catch (IllegalArgumentException rejected) {
            assertThat(rejected.getMessage()).contains(": got ", ", expected ");
            return false;
        }
        byte[] written = AlertCodec.write(alert);
        assertThat(TopicSchema.ALERTS.faults(new String(written, StandardCharsets.UTF_8)))
                .as("built: %s", alert)
                .isEmpty();
        assertThat(TopicSchema.ALERTS.faults(json)).as("built from: %s", json).isEmpty();
        assertThat(AlertCodec.read(written, AT)).isEqualTo(alert);
        DataOutputSerializer out = new DataOutputSerializer(1024);
        RecordSerializer.of(Alert.class).write(alert, out);
        assertThat(
                        RecordSerializer.of(Alert.class)
                                .read(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(alert);
        return true;
    }

    private static String rejection(JsonNode json) throws Exception {
        try {
            return "built: " + build(json);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static Alert build(JsonNode json) throws Exception {
        AlertType type =
                Arrays.stream(AlertType.values())
                        .filter(each -> each.wireName().equals(json.path("type").asText()))
                        .findFirst()
                        .orElseThrow(() -> unbuildable("type", json.path("type")));
        return (Alert) record(Alert.class, json, type);
    }

    /** Calls a record's constructor with the JSON values of its components' names. */
    private static Object record(Class<?> record, JsonNode json, AlertType type) throws Exception {
        RecordComponent[] components = record.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            types[i] = components[i].getType();
            values[i] =
                    GROUPS.contains(types[i])
                            ? record(types[i], json, type)
                            : name.equals("text")
                                    ? record(Text.Translation.class, json, type)
                                    : name.equals("causedAt")
                                            ? AT
                                            : value(
                                                    components[i].getGenericType(),
                                                    json.path(FIELDS.getOrDefault(name, name)),
                                                    type);
        }
        Constructor<?> constructor = record.getDeclaredConstructor(types);
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static Object value(Type wanted, JsonNode json, AlertType type) throws Exception {
        boolean absent = json.isMissingNode() || json.isNull();
        if (wanted instanceof ParameterizedType list) {
            List<Object> values = new ArrayList<>();
            for (JsonNode each : json) {
                values.add(value(list.getActualTypeArguments()[0], each, type));
            }
            return values;
        }
        Class<?> plain = (Class<?>) wanted;
        if (plain == boolean.class) {
            return json.asBoolean();
        }
        if (absent) {
            if (plain == Scope.class) {
                return Scope.EVERYWHERE;
            }
            if (plain.isPrimitive()) {
                throw unbuildable(plain.getName(), json);
            }
            return null;
        }
        if (plain == double.class || plain == Double.class) {
            return json.doubleValue();
        }
        if (plain == long.class || plain == Long.class) {
            return whole(json).longValue();
        }
        if (plain == int.class || plain == Integer.class) {
            if (!json.canConvertToInt()) {
                throw unbuildable("int", json);
            }
            return whole(json).intValue();
        }
        if (plain == String.class) {
            return json.textValue();
        }
        if (plain == AlertType.class) {
            return type;
        }
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .filter(each -> ((Enum<?>) each).name().equals(json.asText()))
                    .findFirst()
                    .orElseThrow(() -> unbuildable(plain.getSimpleName(), json));
        }
        if (plain == Text.class) {
            return record(Text.Translation.class, json, type);
        }
        return record(plain.isInterface() ? type.evidence() : plain, json, type);
    }

    private static JsonNode whole(JsonNode json) {
        if (!json.canConvertToExactIntegral()) {
            throw unbuildable("whole number", json);
        }
        return json;
    }

    private static IllegalArgumentException unbuildable(String what, JsonNode json) {
        return new IllegalArgumentException(what + ": got " + json + ", expected what Java holds");
    }

    /** A sample with the defaults of the fields that it leaves out. */
    private static ObjectNode sample(String json) throws Exception {
        Alert alert = AlertCodec.read(json.getBytes(StandardCharsets.UTF_8), AT);
        return (ObjectNode) MAPPER.readTree(AlertCodec.write(alert));
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(each -> collect(each, containers));
        }
    }

    private static JsonNode child(JsonNode parent, int i) {
        return parent.isArray() ? parent.get(i) : parent.get(name(parent, i));
    }

    private static void set(JsonNode parent, int i, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            array.set(i, value);
        } else {
            ((ObjectNode) parent).replace(name(parent, i), value);
        }
    }

    private static String name(JsonNode parent, int i) {
        List<String> names = new ArrayList<>();
        parent.fieldNames().forEachRemaining(names::add);
        return names.get(i);
    }
}
