package io.atalaya.dispatch.policy;

import io.atalaya.contracts.json.FromText;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.SchemaFaults;
import io.atalaya.dispatch.fusion.FusionRules;
import io.atalaya.dispatch.policy.Policy.Kind;
import io.atalaya.dispatch.policy.Policy.WarningRule;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.locationtech.jts.geom.Geometry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a policy from the files of a directory. A policy with any fault is rejected whole, with all
 * of its faults.
 */
public final class PolicyReader {
    /** The files of a policy, by their names without {@code .yaml}. */
    private static final Map<String, TypeReference<?>> FILES = files();

    /** The one file that a policy may lack. */
    private static final String MUNICIPALITIES = "municipalities";

    /** What a misspelt file of a policy could be called. */
    private static final Pattern DATA = Pattern.compile(".*\\.(ya?ml|(geo)?json)");

    /** The names that {@link #read(Map)} takes, by file name. */
    private static final Map<String, String> NAMES = names();

    private static final int MAX_LENGTH = 1 << 18;

    /** Each takes about 1 ms to compile. */
    private static final int MAX_PREDICATES = 500;

    private static final String SCHEMA = "classpath:policy/policy.schema.json#/$defs/";
    private static final JsonSchemaFactory SCHEMAS =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private static final SchemaFaults SCHEMA_FAULTS =
            new SchemaFaults("/policy/policy.schema.json");

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(module());

    private final Map<String, YamlFile> files = new TreeMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<Fault> faults = new TreeSet<>();
    private int predicates;

    private PolicyReader() {}

    /**
     * A fault of a policy.
     *
     * @param line from 1
     */
    public record Fault(String file, int line, String text) implements Comparable<Fault> {
        public Fault {
            file = InvalidRecordException.printable(file);
            text = InvalidRecordException.printable(text);
        }

        @Override
        public int compareTo(Fault other) {
            int byFile = file.compareTo(other.file);
            int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
            return byLine != 0 ? byLine : text.compareTo(other.text);
        }

        @Override
        public String toString() {
            return file + ":" + line + ": " + text;
        }
    }

    /** A rejected policy, with its first faults. */
    public static final class InvalidPolicyException extends Exception {
        private static final long serialVersionUID = 1L;

        private static final int MAX_FAULTS = 100;

        private final transient List<Fault> faults;

        InvalidPolicyException(Set<Fault> faults) {
            this(faults.stream().limit(MAX_FAULTS).toList());
        }

        private InvalidPolicyException(List<Fault> faults) {
            super(String.join("\n", faults.stream().map(Fault::toString).toList()));
            this.faults = faults;
        }

        public List<Fault> faults() {
            return faults;
        }
    }

    /** Reads the directory's files. */
    public static Policy read(Path directory) throws IOException, InvalidPolicyException {
        return read(files(directory));
    }

    /** The contents of a directory's files, by their names without extension. */
    public static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (DATA.matcher(name).matches()) {
                    // A name that is no policy's stays whole, so that it is a fault.
                    texts.put(NAMES.getOrDefault(name, name), Files.readString(file));
                }
            }
        }
        return texts;
    }

    /** The contents of the files of the policy that comes with the job. */
    public static Map<String, String> shippedFiles() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String name : FILES.keySet()) {
            putShipped(name, name + ".yaml", texts);
        }
        putShipped(MUNICIPALITIES, MunicipalityFile.NAME, texts);
        return texts;
    }

    private static void putShipped(String name, String file, Map<String, String> texts)
            throws IOException {
        try (InputStream in = PolicyReader.class.getResourceAsStream("/policy/shipped/" + file)) {
            if (in != null) {
                texts.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /**
     * @param texts contents of the files, as from {@link #files}
     */
    public static Policy read(Map<String, String> texts) throws InvalidPolicyException {
        PolicyReader reader = new PolicyReader();
        texts.keySet().stream()
                .filter(name -> !NAMES.containsValue(name))
                .map(name -> new Fault(name, 1, "unknown, expected one of " + NAMES.keySet()))
                .forEach(reader.faults::add);
        FILES.forEach((name, type) -> reader.readFile(name, type, texts.get(name)));
        Map<String, Geometry> polygons = reader.readPolygons(texts.get(MUNICIPALITIES));
        Policy policy = reader.policy(polygons);
        new PolicyChecks(policy, reader::fault).check();
        if (!reader.faults.isEmpty()) {
            throw new InvalidPolicyException(reader.faults);
        }
        return policy;
    }

    private void readFile(String name, TypeReference<?> type, String text) {
        if (text == null) {
            faults.add(new Fault(name + ".yaml", 1, "missing: every policy has this file"));
            return;
        }
        if (text.length() > MAX_LENGTH) {
            faults.add(
                    new Fault(
                            name + ".yaml",
                            1,
                            "got %d characters, expected at most %d"
                                    .formatted(text.length(), MAX_LENGTH)));
            return;
        }
        YamlFile file;
        try {
            file = YamlFile.parse(text);
        } catch (YamlFile.SyntaxException e) {
            faults.add(new Fault(name + ".yaml", e.line, e.getMessage()));
            return;
        }
        files.put(name, file);
        Set<ValidationMessage> messages = schema(name).validate(file.tree());
        for (ValidationMessage message : messages) {
            String pointer = SchemaFaults.pointer(message);
            fault(name, pointer, SCHEMA_FAULTS.text(message, file.tree().at(pointer)));
        }
        compilePredicates(name, "", file.tree());
        if (messages.isEmpty()
                && faults.stream().noneMatch(fault -> fault.file().startsWith(name))) {
            try {
                values.put(name, JSON.convertValue(file.tree(), type));
            } catch (IllegalArgumentException e) {
                fault(name, "", e.getMessage());
            }
        }
    }

    /** Finds all predicates with faults, because binding stops at the first one. */
    private void compilePredicates(String file, String pointer, JsonNode node) {
        node.properties()
                .forEach(
                        field -> {
                            String at = pointer + "/" + field.getKey();
                            if (Set.of("when", "by", "of").contains(field.getKey())
                                    && field.getValue().isTextual()) {
                                predicates++;
                                if (predicates > MAX_PREDICATES) {
                                    tooMany(file, at);
                                    return;
                                }
                                try {
                                    Predicate.of(field.getValue().textValue()).tryExtremes();
                                } catch (IllegalArgumentException | IllegalStateException e) {
                                    fault(file, at, e.getMessage());
                                }
                            }
                            compilePredicates(file, at, field.getValue());
                        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                compilePredicates(file, pointer + "/" + i, node.get(i));
            }
        }
    }

    private void tooMany(String file, String at) {
        if (predicates == MAX_PREDICATES + 1) {
            fault(file, at, "got another condition, expected at most " + MAX_PREDICATES);
        }
    }

    /** Empty without such a file: then only devices have a municipality. */
    private Map<String, Geometry> readPolygons(String text) {
        if (text == null) {
            return Map.of();
        }
        Policy.Routing routing = value("routing");
        MunicipalityFile file =
                MunicipalityFile.read(
                        text, routing == null ? null : routing.municipalities().keySet());
        faults.addAll(file.faults());
        return file.polygons();
    }

    /** Null where a file has faults. */
    private Policy policy(Map<String, Geometry> polygons) {
        Policy.Routing routing = value("routing");
        Map<String, String> named = value("policy");
        return new Policy(
                named == null ? null : named.get("version"),
                value("kinds"),
                value("fusion"),
                value("priorities"),
                value("confirmations"),
                routing,
                value("storms"),
                value("devices"),
                value("warnings"),
                value("exchange"),
                value("announcements"),
                value("videowall"),
                value("drones"),
                routing == null ? null : new Jurisdiction(routing.municipalities(), polygons));
    }

    @SuppressWarnings("unchecked")
    private <T> T value(String name) {
        return (T) values.get(name);
    }

    private void fault(String file, String pointer, String text) {
        YamlFile yaml = files.get(file);
        String path = pointer.isEmpty() ? "" : yaml.path(pointer) + ": ";
        faults.add(new Fault(file + ".yaml", yaml.line(pointer), path + text));
    }

    private static JsonSchema schema(String name) {
        return SCHEMAS.getSchema(
                SchemaLocation.of(SCHEMA + name),
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build());
    }

    private static Map<String, TypeReference<?>> files() {
        Map<String, TypeReference<?>> files = new LinkedHashMap<>();
        files.put("policy", new TypeReference<Map<String, String>>() {});
        files.put("kinds", new TypeReference<List<Kind>>() {});
        files.put("fusion", new TypeReference<FusionRules>() {});
        files.put("priorities", new TypeReference<Policy.Priorities>() {});
        files.put("confirmations", new TypeReference<List<Policy.Confirmation>>() {});
        files.put("routing", new TypeReference<Policy.Routing>() {});
        files.put("storms", new TypeReference<Policy.Storms>() {});
        files.put("devices", new TypeReference<Policy.Devices>() {});
        files.put("warnings", new TypeReference<List<WarningRule>>() {});
        files.put("exchange", new TypeReference<Policy.Exchange>() {});
        files.put("announcements", new TypeReference<Policy.Announcements>() {});
        files.put("videowall", new TypeReference<Policy.VideoWall>() {});
        files.put("drones", new TypeReference<Policy.Drones>() {});
        return files;
    }

    private static Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        FILES.keySet().forEach(name -> names.put(name + ".yaml", name));
        names.put(MunicipalityFile.NAME, MUNICIPALITIES);
        return names;
    }

    private static SimpleModule module() {
        return new SimpleModule()
                .addDeserializer(Predicate.class, new FromText<>(Predicate.class, Predicate::of))
                .addDeserializer(Duration.class, FromText.durations())
                .addDeserializer(
                        LocalTime.class, new FromText<>(LocalTime.class, LocalTime::parse));
    }
}
